-- CreateIndex
CREATE INDEX "mail_sent_at_idx" ON "mail"("sent_at");
