-- CreateIndex
CREATE INDEX "trusted_place_network_account_id_idx" ON "trusted_place"("network", "account_id");
