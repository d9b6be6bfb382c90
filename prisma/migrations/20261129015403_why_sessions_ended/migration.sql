-- AlterTable
ALTER TABLE "session" ADD COLUMN     "ended_because" TEXT;
