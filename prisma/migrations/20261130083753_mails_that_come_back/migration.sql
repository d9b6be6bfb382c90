-- A constant as default writes no row anew. What was counted until now keeps 0: mails may be gone that it was
-- counted of.
ALTER TABLE "figure_quarter" ADD COLUMN     "mails_returned" INTEGER NOT NULL DEFAULT 0;

-- The figures count mails that did not arrive by when that became known, those among them that never left:
-- a few among the changes of all mails. Building it reads each of those once, while which nothing is noted of
-- mails: a second for a million mails. Prisma has no words for an index of a part of a table.
CREATE INDEX "mail_change_not_arrived_idx" ON "mail_change"("noted_at") WHERE "state" IN ('refused', 'suppressed');
