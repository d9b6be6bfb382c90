-- Indexes on tables there are: further_address is small, and challenge holds a day's rows.
-- AlterTable
ALTER TABLE "account" ADD COLUMN     "password_off_because" TEXT,
ADD COLUMN     "phone" TEXT,
ADD COLUMN     "phone_changed_at" TIMESTAMPTZ(3),
ADD COLUMN     "role" TEXT NOT NULL DEFAULT 'customer',
ADD COLUMN     "support_pin_uses" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "challenge" ADD COLUMN     "case_id" UUID,
ADD COLUMN     "pass_until" TIMESTAMPTZ(3),
ADD COLUMN     "reference" TEXT;

-- AlterTable
ALTER TABLE "mail" ADD COLUMN     "case_id" UUID,
ADD COLUMN     "invitation_id" UUID;

-- AlterTable
ALTER TABLE "sign_in_judgement" ADD COLUMN     "code_seconds" INTEGER;

-- CreateTable
CREATE TABLE "recovery_case" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "reference" TEXT NOT NULL,
    "secret_id" TEXT NOT NULL,
    "account_id" UUID,
    "account_email" TEXT NOT NULL,
    "proof" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "version" INTEGER NOT NULL DEFAULT 1,
    "new_email" TEXT,
    "new_email_confirmed_at" TIMESTAMPTZ(3),
    "what_happened" TEXT,
    "more_asked" TEXT,
    "refused_because" TEXT,
    "objected_by" TEXT,
    "objected_at" TIMESTAMPTZ(3),
    "round" INTEGER NOT NULL DEFAULT 1,
    "from_long_trusted" BOOLEAN NOT NULL DEFAULT false,
    "ip" TEXT,
    "country_code" TEXT,
    "user_agent" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "approved_at" TIMESTAMPTZ(3),
    "remind_at" TIMESTAMPTZ(3),
    "reminded_at" TIMESTAMPTZ(3),
    "cools_until" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_document" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "secret_id" TEXT NOT NULL,
    "sealed" BYTEA,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_decision" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "staff_name" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_invitation" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "invited_by_id" UUID,
    "secret_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_because" TEXT,

    CONSTRAINT "staff_invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" UUID,
    "actor" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "ip" TEXT,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT,
    "reason" TEXT,
    "details" JSONB NOT NULL,
    "previous" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "help_feedback" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "article" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "browser_id" UUID NOT NULL,
    "useful" BOOLEAN NOT NULL,
    "comment" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "help_feedback_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "help_rating" (
    "article" TEXT NOT NULL,
    "browser_id" UUID NOT NULL,
    "stars" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "help_rating_pkey" PRIMARY KEY ("article","browser_id")
);

-- CreateTable
CREATE TABLE "help_question" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "article" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "answer" TEXT,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "help_question_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "recovery_case_reference_key" ON "recovery_case"("reference");

-- CreateIndex
CREATE INDEX "recovery_case_account_id_created_at_idx" ON "recovery_case"("account_id", "created_at");

-- CreateIndex
CREATE INDEX "recovery_case_state_cools_until_idx" ON "recovery_case"("state", "cools_until");

-- CreateIndex
CREATE INDEX "recovery_case_expires_at_idx" ON "recovery_case"("expires_at");

-- CreateIndex
CREATE INDEX "case_document_case_id_added_at_idx" ON "case_document"("case_id", "added_at");

-- CreateIndex
CREATE INDEX "case_decision_case_id_at_idx" ON "case_decision"("case_id", "at");

-- CreateIndex
CREATE INDEX "staff_invitation_email_idx" ON "staff_invitation"("email");

-- CreateIndex
CREATE INDEX "staff_invitation_expires_at_idx" ON "staff_invitation"("expires_at");

-- CreateIndex
CREATE INDEX "audit_entry_subject_id_seq_idx" ON "audit_entry"("subject_id", "seq");

-- CreateIndex
CREATE INDEX "audit_entry_actor_id_seq_idx" ON "audit_entry"("actor_id", "seq");

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");

-- CreateIndex
CREATE UNIQUE INDEX "help_feedback_article_browser_id_key" ON "help_feedback"("article", "browser_id");

-- CreateIndex
CREATE INDEX "help_question_article_locale_state_answered_at_idx" ON "help_question"("article", "locale", "state", "answered_at");

-- CreateIndex
CREATE INDEX "help_question_state_asked_at_idx" ON "help_question"("state", "asked_at");

-- CreateIndex
CREATE UNIQUE INDEX "challenge_reference_key" ON "challenge"("reference");

-- CreateIndex
CREATE INDEX "challenge_case_id_idx" ON "challenge"("case_id");

-- CreateIndex
CREATE INDEX "further_address_email_idx" ON "further_address"("email");

-- AddForeignKey
ALTER TABLE "challenge" ADD CONSTRAINT "challenge_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "recovery_case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_case" ADD CONSTRAINT "recovery_case_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_document" ADD CONSTRAINT "case_document_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "recovery_case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_decision" ADD CONSTRAINT "case_decision_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "recovery_case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Until now "that was not me" alone switched passwords off.
UPDATE "account" SET "password_off_because" = 'not-me' WHERE "password_off_at" IS NOT NULL;

-- The audit log is only ever added to, by whomever: also by the owner of the table.
CREATE FUNCTION "refuse_change_of_audit"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit log is append-only: % is refused.', TG_OP;
END $$;

CREATE TRIGGER "audit_entry_is_append_only" BEFORE UPDATE OR DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_audit"();
CREATE TRIGGER "audit_entry_is_not_emptied" BEFORE TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_audit"();
