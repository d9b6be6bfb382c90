-- CreateTable
CREATE TABLE "running_process" (
    "id" UUID NOT NULL,
    "place" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "began" TEXT NOT NULL,
    "serves_pages" BOOLEAN NOT NULL,
    "runs_jobs" BOOLEAN NOT NULL,
    "settings" JSONB NOT NULL,
    "failed_tries" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "beat_at" TIMESTAMPTZ(3) NOT NULL,
    "stopped_at" TIMESTAMPTZ(3),

    CONSTRAINT "running_process_pkey" PRIMARY KEY ("id")
);
