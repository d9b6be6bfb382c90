-- AlterTable
ALTER TABLE "mail" ADD COLUMN     "tried_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "mail_pace" (
    "channel" TEXT NOT NULL,
    "next_slot_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_until" TIMESTAMPTZ(3),
    "slots" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "mail_pace_pkey" PRIMARY KEY ("channel")
);

-- CreateIndex
CREATE INDEX "mail_state_kind_next_try_at_idx" ON "mail"("state", "kind", "next_try_at");
