-- What became of a mail, addresses that mail cannot be sent to, outages and the canary's runs. The tables are
-- new. Each added column has a constant default or none, so no row is rewritten. While the one index on mail is
-- built, writes to that table wait: a second for a million rows (mails are kept for 30 days).

-- AlterTable
ALTER TABLE "account" ADD COLUMN     "is_canary" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "mail" ADD COLUMN     "channel" TEXT,
ADD COLUMN     "fingerprint" BYTEA,
ADD COLUMN     "looked_at" TIMESTAMPTZ(3),
ADD COLUMN     "unsure_channels" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "mail_pace" ADD COLUMN     "notice_slot_at" TIMESTAMPTZ(3),
ADD COLUMN     "open_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "mail_change" (
    "mail_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "noted_at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "channel" TEXT,
    "reason" TEXT,
    "status" TEXT,
    "words" TEXT,

    CONSTRAINT "mail_change_pkey" PRIMARY KEY ("mail_id","state")
);

-- CreateTable
CREATE TABLE "delivery_report" (
    "id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delivery_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "marked_address" (
    "address" TEXT NOT NULL,
    "because" TEXT NOT NULL,
    "status" TEXT,
    "words" TEXT,
    "mail_id" UUID,
    "marked_at" TIMESTAMPTZ(3) NOT NULL,
    "tried_at" TIMESTAMPTZ(3),
    "tried_by" UUID,
    "lifted_at" TIMESTAMPTZ(3),

    CONSTRAINT "marked_address_pkey" PRIMARY KEY ("address")
);

-- CreateTable
CREATE TABLE "mail_outage" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "because" TEXT NOT NULL,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "calm_since" TIMESTAMPTZ(3),
    "median_seconds" DOUBLE PRECISION NOT NULL,
    "refused_share" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "mail_outage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "return_reading" (
    "address" TEXT NOT NULL,
    "claimed_until" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),
    "failing_since" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "return_reading_pkey" PRIMARY KEY ("address")
);

-- CreateTable
CREATE TABLE "canary_run" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "step" TEXT NOT NULL,
    "mail_ms" INTEGER,

    CONSTRAINT "canary_run_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "mail_change_noted_at_idx" ON "mail_change"("noted_at");

-- CreateIndex
CREATE INDEX "delivery_report_received_at_idx" ON "delivery_report"("received_at");

-- CreateIndex
CREATE INDEX "marked_address_marked_at_idx" ON "marked_address"("marked_at");

-- CreateIndex
CREATE INDEX "mail_outage_ended_at_idx" ON "mail_outage"("ended_at");

-- CreateIndex
CREATE INDEX "mail_outage_began_at_idx" ON "mail_outage"("began_at");

-- CreateIndex
CREATE INDEX "canary_run_began_at_idx" ON "canary_run"("began_at");

-- CreateIndex
CREATE INDEX "mail_provider_id_idx" ON "mail"("provider_id");

-- AddForeignKey
ALTER TABLE "mail_change" ADD CONSTRAINT "mail_change_mail_id_fkey" FOREIGN KEY ("mail_id") REFERENCES "mail"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The figures leave out the canary, and its job finds it; building it reads each account once. Prisma has no
-- words for an index of a part of a table.
CREATE INDEX "account_canary_idx" ON "account"("id") WHERE "is_canary";
