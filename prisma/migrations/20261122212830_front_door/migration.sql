-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "locale" TEXT NOT NULL,
    "time_zone" TEXT,
    "codes_since_right" INTEGER NOT NULL DEFAULT 0,
    "password_changed_at" TIMESTAMPTZ(3) NOT NULL,
    "warned_at" TIMESTAMPTZ(3),
    "told_of_sign_up_at" TIMESTAMPTZ(3),
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trusted_place" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "network" INET NOT NULL,
    "because" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "trusted_place_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seen_browser" (
    "account_id" UUID NOT NULL,
    "browser_id" UUID NOT NULL,
    "network" INET NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seen_browser_pkey" PRIMARY KEY ("account_id","browser_id","network")
);

-- CreateTable
CREATE TABLE "challenge" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "purpose" TEXT NOT NULL,
    "account_id" UUID,
    "email" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "ip" TEXT,
    "user_agent" TEXT NOT NULL,
    "browser_id" UUID NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "secret_id" TEXT NOT NULL,
    "registration" JSONB,
    "locale" TEXT NOT NULL,
    "callback_path" TEXT,
    "mails_sent" INTEGER NOT NULL DEFAULT 1,
    "last_mail_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_because" TEXT,

    CONSTRAINT "challenge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "code_attempts" (
    "subject" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "wrong" INTEGER NOT NULL,
    "last_wrong_at" TIMESTAMPTZ(3) NOT NULL,
    "blocked_at" TIMESTAMPTZ(3),
    "blocked_until" TIMESTAMPTZ(3),
    "block_reference" TEXT,

    CONSTRAINT "code_attempts_pkey" PRIMARY KEY ("subject","place")
);

-- CreateTable
CREATE TABLE "rate_window" (
    "key" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "hits" TIMESTAMPTZ(3)[],
    "admitted" BOOLEAN NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_window_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "because" TEXT NOT NULL,
    "ip" TEXT,
    "user_agent" TEXT NOT NULL,
    "browser_id" UUID NOT NULL,
    "ticket_hash" BYTEA,
    "ticket_expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_judgement" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "verdict" TEXT NOT NULL,
    "because" TEXT NOT NULL,
    "ip" TEXT,
    "country_code" TEXT,
    "user_agent" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_judgement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "account_id" UUID,
    "challenge_id" UUID,
    "recipient" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "time_zone" TEXT,
    "facts" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "useful_until" TIMESTAMPTZ(3) NOT NULL,
    "provider_id" TEXT,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mailbox_message" (
    "id" UUID NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mailbox_message_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_email_key" ON "account"("email");

-- CreateIndex
CREATE UNIQUE INDEX "trusted_place_account_id_network_key" ON "trusted_place"("account_id", "network");

-- CreateIndex
CREATE INDEX "challenge_account_id_created_at_idx" ON "challenge"("account_id", "created_at");

-- CreateIndex
CREATE INDEX "challenge_email_created_at_idx" ON "challenge"("email", "created_at");

-- CreateIndex
CREATE INDEX "challenge_expires_at_idx" ON "challenge"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "code_attempts_block_reference_key" ON "code_attempts"("block_reference");

-- CreateIndex
CREATE INDEX "code_attempts_last_wrong_at_idx" ON "code_attempts"("last_wrong_at");

-- CreateIndex
CREATE INDEX "rate_window_subject_idx" ON "rate_window"("subject");

-- CreateIndex
CREATE INDEX "rate_window_asked_at_idx" ON "rate_window"("asked_at");

-- CreateIndex
CREATE UNIQUE INDEX "session_ticket_hash_key" ON "session"("ticket_hash");

-- CreateIndex
CREATE INDEX "session_account_id_created_at_idx" ON "session"("account_id", "created_at");

-- CreateIndex
CREATE INDEX "session_created_at_idx" ON "session"("created_at");

-- CreateIndex
CREATE INDEX "sign_in_judgement_account_id_at_idx" ON "sign_in_judgement"("account_id", "at" DESC);

-- CreateIndex
CREATE INDEX "sign_in_judgement_at_idx" ON "sign_in_judgement"("at");

-- CreateIndex
CREATE INDEX "mail_state_next_try_at_idx" ON "mail"("state", "next_try_at");

-- CreateIndex
CREATE INDEX "mail_account_id_created_at_idx" ON "mail"("account_id", "created_at");

-- CreateIndex
CREATE INDEX "mail_created_at_idx" ON "mail"("created_at");

-- CreateIndex
CREATE INDEX "mailbox_message_created_at_idx" ON "mailbox_message"("created_at");

-- CreateIndex
CREATE INDEX "mailbox_message_recipient_created_at_idx" ON "mailbox_message"("recipient", "created_at");

-- AddForeignKey
ALTER TABLE "trusted_place" ADD CONSTRAINT "trusted_place_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seen_browser" ADD CONSTRAINT "seen_browser_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "challenge" ADD CONSTRAINT "challenge_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in_judgement" ADD CONSTRAINT "sign_in_judgement_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail" ADD CONSTRAINT "mail_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A network has no host bits, as PostgreSQL's own cidr would check.
ALTER TABLE "trusted_place" ADD CONSTRAINT "trusted_place_network_check" CHECK ("network" = network("network")::inet);
ALTER TABLE "seen_browser" ADD CONSTRAINT "seen_browser_network_check" CHECK ("network" = network("network")::inet);
