-- New mails wait the seconds this takes: the table holds those of 30 days at most.
-- CreateIndex
CREATE INDEX "mail_case_id_created_at_idx" ON "mail"("case_id", "created_at");
