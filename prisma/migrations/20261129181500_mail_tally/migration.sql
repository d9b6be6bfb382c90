-- CreateTable
CREATE TABLE "mail_tally" (
    "day" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "mail_tally_pkey" PRIMARY KEY ("day","kind","locale")
);
