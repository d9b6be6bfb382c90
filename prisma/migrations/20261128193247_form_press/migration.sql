-- Of use for seconds, and of none after a crash: without a log no form waits for the disk.
-- CreateTable
CREATE UNLOGGED TABLE "form_press" (
    "browser" BYTEA NOT NULL,
    "form" BYTEA NOT NULL,
    "id" UUID NOT NULL,
    "pressed_at" TIMESTAMPTZ(3) NOT NULL,
    "alive_at" TIMESTAMPTZ(3) NOT NULL,
    "answer" BYTEA,
    "stamp" TEXT,

    CONSTRAINT "form_press_pkey" PRIMARY KEY ("browser")
);

-- CreateIndex
CREATE INDEX "form_press_pressed_at_idx" ON "form_press"("pressed_at");
