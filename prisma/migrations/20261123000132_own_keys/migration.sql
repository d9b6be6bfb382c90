-- AlterTable
ALTER TABLE "account" ADD COLUMN     "close_asked_at" TIMESTAMPTZ(3),
ADD COLUMN     "closes_at" TIMESTAMPTZ(3),
ADD COLUMN     "password_off_at" TIMESTAMPTZ(3),
ADD COLUMN     "tell_of_new_browsers" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "challenge" ADD COLUMN     "session_id" UUID,
ADD COLUMN     "wish" JSONB;

-- AlterTable
ALTER TABLE "code_attempts" ADD COLUMN     "block_because" TEXT;

-- AlterTable
ALTER TABLE "mail" ADD COLUMN     "link_id" UUID,
ADD COLUMN     "not_me_id" UUID;

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "code_proven_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "trusted_place" ADD COLUMN     "name" TEXT;

-- CreateTable
CREATE TABLE "trusted_browser" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "browser_id" UUID NOT NULL,
    "user_agent" TEXT NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "renewed_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_because" TEXT,

    CONSTRAINT "trusted_browser_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "further_address" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "further_address_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "email_change" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "old_email" TEXT NOT NULL,
    "new_email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "old_confirmed_at" TIMESTAMPTZ(3),
    "new_confirmed_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended_because" TEXT,
    "undo_until" TIMESTAMPTZ(3),

    CONSTRAINT "email_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_link" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "target_id" UUID,
    "told_of" JSONB,
    "secret_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_because" TEXT,

    CONSTRAINT "account_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "about" JSONB NOT NULL,
    "ip" TEXT,
    "country_code" TEXT,
    "user_agent" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "trusted_browser_account_id_created_at_idx" ON "trusted_browser"("account_id", "created_at");

-- CreateIndex
CREATE INDEX "trusted_browser_expires_at_idx" ON "trusted_browser"("expires_at");

-- CreateIndex
CREATE INDEX "further_address_expires_at_idx" ON "further_address"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "further_address_account_id_email_key" ON "further_address"("account_id", "email");

-- CreateIndex
CREATE INDEX "email_change_account_id_created_at_idx" ON "email_change"("account_id", "created_at");

-- CreateIndex
CREATE INDEX "email_change_old_email_undo_until_idx" ON "email_change"("old_email", "undo_until");

-- CreateIndex
CREATE INDEX "email_change_expires_at_idx" ON "email_change"("expires_at");

-- CreateIndex
CREATE INDEX "account_link_account_id_created_at_idx" ON "account_link"("account_id", "created_at");

-- CreateIndex
CREATE INDEX "account_link_target_id_idx" ON "account_link"("target_id");

-- CreateIndex
CREATE INDEX "account_link_expires_at_idx" ON "account_link"("expires_at");

-- CreateIndex
CREATE INDEX "activity_account_id_at_idx" ON "activity"("account_id", "at" DESC);

-- CreateIndex
CREATE INDEX "account_closes_at_idx" ON "account"("closes_at");

-- CreateIndex
CREATE INDEX "challenge_session_id_idx" ON "challenge"("session_id");

-- CreateIndex
CREATE INDEX "trusted_place_network_idx" ON "trusted_place" USING GIST ("network" inet_ops);

-- AddForeignKey
ALTER TABLE "trusted_browser" ADD CONSTRAINT "trusted_browser_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "further_address" ADD CONSTRAINT "further_address_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "email_change" ADD CONSTRAINT "email_change_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity" ADD CONSTRAINT "activity_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Sessions there are already: a code began those, or none did.
UPDATE "session" SET "code_proven_at" = "created_at" WHERE "because" IN ('code', 'sign-up');

-- Wrong codes were the only cause of a block until now.
UPDATE "code_attempts" SET "block_because" = 'wrong-codes' WHERE "blocked_until" IS NOT NULL;
