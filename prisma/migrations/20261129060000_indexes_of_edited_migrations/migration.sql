-- Two migrations were edited after they had been on the main branch (prisma/former-checksums.ts). What a
-- database that had applied them before lacks, or has too much; where nothing is amiss nothing happens.
-- Building on "mail" keeps writers waiting, half a second for a million mails.
CREATE INDEX IF NOT EXISTS "further_address_email_idx" ON "further_address"("email");
CREATE INDEX IF NOT EXISTS "mail_waiting_idx" ON "mail"("kind", "next_try_at") WHERE "state" = 'queued';
CREATE INDEX IF NOT EXISTS "mail_tried_idx" ON "mail"("tried_at") WHERE "state" = 'queued' AND "tried_at" IS NOT NULL;
DROP INDEX IF EXISTS "mail_state_kind_next_try_at_idx";
