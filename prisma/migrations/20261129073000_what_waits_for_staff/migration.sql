-- Prisma has no words for indexes of a part of a table. Writes to the table wait while one is built:
-- wrong codes are few, and of a million mails it reads each once, in about a second.

-- Support's first page lists the accounts that are blocked now. A subject with a colon is another's: of
-- a sign-up, or of what somebody who is signed in confirms.
CREATE INDEX "code_attempts_blocked_idx" ON "code_attempts"("blocked_until") WHERE position(':' in "subject") = 0;

-- And the mails to accounts that were refused in the last hour; the figures count them by day.
CREATE INDEX "mail_refused_idx" ON "mail"("tried_at")
  WHERE "state" = 'refused' AND "account_id" IS NOT NULL;
