-- AlterTable
ALTER TABLE "account" ADD COLUMN "time_zone_from_browser" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "challenge" ADD COLUMN "time_zone" TEXT;
