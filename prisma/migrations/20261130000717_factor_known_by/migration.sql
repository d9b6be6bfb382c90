-- AlterTable
ALTER TABLE "challenge" ADD COLUMN     "known_by" TEXT;
