-- AlterTable
ALTER TABLE "account" ADD COLUMN     "factors_end_of" UUID;

-- AlterTable
ALTER TABLE "passkey" ADD COLUMN     "session_id" UUID;

-- AlterTable
ALTER TABLE "recovery_code" ADD COLUMN     "session_id" UUID;
