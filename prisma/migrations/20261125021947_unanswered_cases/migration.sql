-- AlterTable
ALTER TABLE "recovery_case" ADD COLUMN     "answer_by" TIMESTAMPTZ(3);

-- Cases that wait already get the whole time, counted from now.
UPDATE "recovery_case" SET "answer_by" = now() + interval '30 days' WHERE "state" = 'needs-more';
