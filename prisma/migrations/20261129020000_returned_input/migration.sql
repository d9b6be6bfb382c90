-- Of use for minutes, and of none after a crash: without a log no refused form waits for the disk.
-- CreateTable
CREATE UNLOGGED TABLE "returned_input" (
    "id" TEXT NOT NULL,
    "browser" BYTEA NOT NULL,
    "page" BYTEA NOT NULL,
    "mark" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "returned_input_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "returned_input_network_created_at_idx" ON "returned_input"("network", "created_at");

-- CreateIndex
CREATE INDEX "returned_input_expires_at_idx" ON "returned_input"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "returned_input_browser_page_mark_key" ON "returned_input"("browser", "page", "mark");
