-- AlterTable
ALTER TABLE "case_decision" ADD COLUMN     "browser_id" UUID;

-- AlterTable
ALTER TABLE "recovery_case" ADD COLUMN     "browser_id" UUID;

-- CreateTable
CREATE TABLE "call_back" (
    "challenge_id" UUID NOT NULL,
    "asked_by_id" UUID NOT NULL,
    "asked_by_name" TEXT NOT NULL,
    "browser_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_back_pkey" PRIMARY KEY ("challenge_id")
);

-- CreateTable
CREATE TABLE "notice_window" (
    "account_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "acts" INTEGER NOT NULL,
    "gathering" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "notice_window_pkey" PRIMARY KEY ("account_id","kind")
);

-- CreateIndex
CREATE INDEX "notice_window_began_at_idx" ON "notice_window"("began_at");

-- AddForeignKey
ALTER TABLE "call_back" ADD CONSTRAINT "call_back_challenge_id_fkey" FOREIGN KEY ("challenge_id") REFERENCES "challenge"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_window" ADD CONSTRAINT "notice_window_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
