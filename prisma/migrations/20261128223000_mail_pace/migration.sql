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

-- Prisma has no words for what follows: indexes of the mails that wait, few among all that are kept. Writes
-- to the table wait meanwhile, half a second each for a million mails: CONCURRENTLY does not run in a
-- migration's transaction.

-- Which mail goes next is asked at every slot, kind by kind.
CREATE INDEX "mail_waiting_idx" ON "mail"("kind", "next_try_at") WHERE "state" = 'queued';

-- When a try failed last.
CREATE INDEX "mail_tried_idx" ON "mail"("tried_at") WHERE "state" = 'queued' AND "tried_at" IS NOT NULL;
