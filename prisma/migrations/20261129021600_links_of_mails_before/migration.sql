-- Mails that are stored already get their link where it is still asked for: while they wait, and by case.
-- A migration of its own, so that nobody waits for the table but who writes, while the index is built: a
-- second for a million mails.

-- Before all: whoever writes waits here, and not with a row in hand while the index waits for the table.
LOCK TABLE "mail" IN EXCLUSIVE MODE;

UPDATE "mail" SET
  "link_row_id" = coalesce("reset_id", "case_id", "invitation_id", "link_id"),
  "link_type" = CASE
    WHEN "reset_id" IS NOT NULL THEN 'password reset'
    WHEN "case_id" IS NOT NULL THEN 'case'
    WHEN "invitation_id" IS NOT NULL THEN 'staff-invitation'
    WHEN "kind" LIKE 'confirm-%' THEN "kind"
    ELSE 'object-case' END
WHERE "link_type" IS NULL AND ("case_id" IS NOT NULL OR "state" = 'queued')
  AND coalesce("reset_id", "case_id", "invitation_id", "link_id") IS NOT NULL;

-- CreateIndex
CREATE INDEX "mail_link_row_id_created_at_idx" ON "mail"("link_row_id", "created_at");
