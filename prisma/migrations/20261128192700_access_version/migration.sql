-- AlterTable
ALTER TABLE "account" ADD COLUMN     "access_version" INTEGER NOT NULL DEFAULT 0;
