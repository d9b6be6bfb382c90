-- The clean-up's filters, each of the few rows that it looks for: further addresses and cases stay as long
-- as their account, and their dates are long past. Prisma has no words for indexes of a part of a table.
CREATE INDEX "further_address_unconfirmed_idx" ON "further_address"("expires_at") WHERE "confirmed_at" IS NULL;
CREATE INDEX "recovery_case_draft_idx" ON "recovery_case"("expires_at") WHERE "state" = 'draft';
CREATE INDEX "recovery_case_of_nobody_idx" ON "recovery_case"("ended_at") WHERE "account_id" IS NULL;

-- The figures count cases by when they were sent.
CREATE INDEX "recovery_case_sent_idx" ON "recovery_case"("sent_at") WHERE "sent_at" IS NOT NULL;

-- CreateTable
CREATE TABLE "figure_quarter" (
    "at" TIMESTAMPTZ(3) NOT NULL,
    "sign_ins" INTEGER NOT NULL,
    "codes_sent" INTEGER NOT NULL,
    "codes_right" INTEGER NOT NULL,
    "blocks" INTEGER NOT NULL,
    "cases" INTEGER NOT NULL,
    "mails_sent" INTEGER NOT NULL,
    "mails_refused" INTEGER NOT NULL,
    "code_seconds" INTEGER[],
    "code_counts" INTEGER[],

    CONSTRAINT "figure_quarter_pkey" PRIMARY KEY ("at")
);

-- Where PostgreSQL has no pg_trgm, parts of names are looked for in the index of names in order, which then
-- holds the names themselves too: made plain anew, a million take seconds. Building it takes about ten
-- seconds for a million accounts, while which nobody signs in; elsewhere nothing is built.
DO $$
BEGIN
  IF to_regclass('account_heard_name_idx') IS NULL THEN
    CREATE INDEX "account_heard_name_whole_idx" ON "account"
      ((regexp_replace(lower(normalize("name", NFKD)), '[\u0300-\u036f]', '', 'g') COLLATE "C"), "id")
      INCLUDE ("name");
  END IF;
END $$;

-- Each mail that was sent leaves an entry in the indexes of the queue, which every look for the next mail
-- passes until a vacuum comes: by default after a fifth of the table, a million mails of five.
ALTER TABLE "mail" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
  vacuum_index_cleanup = on);
