-- AlterTable
ALTER TABLE "account" ADD COLUMN     "factor_always" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "factors_checked_at" TIMESTAMPTZ(3),
ADD COLUMN     "factors_end_at" TIMESTAMPTZ(3),
ADD COLUMN     "passkey_handle" BYTEA,
ADD COLUMN     "passkey_offered_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "challenge" ADD COLUMN     "asks" TEXT NOT NULL DEFAULT 'code',
ADD COLUMN     "let_in_number" INTEGER,
ADD COLUMN     "let_in_wrong" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "pass_because" TEXT,
ADD COLUMN     "place_known" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "recovery_case" ADD COLUMN     "lost" TEXT NOT NULL DEFAULT 'mailbox';

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "factor_proven_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "authenticator_app" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "sealed_key" BYTEA NOT NULL,
    "last_step" INTEGER,
    "session_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "authenticator_app_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "passkey" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "credential_id" BYTEA NOT NULL,
    "public_key" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "aaguid" TEXT NOT NULL,
    "transports" TEXT[],
    "backup_eligible" BOOLEAN NOT NULL,
    "backed_up" BOOLEAN NOT NULL,
    "signs_in" BOOLEAN NOT NULL,
    "is_second_step" BOOLEAN NOT NULL,
    "rp_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "counter_fell_at" TIMESTAMPTZ(3),

    CONSTRAINT "passkey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "passkey_ceremony" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "purpose" TEXT NOT NULL,
    "challenge" BYTEA NOT NULL,
    "browser_id" UUID NOT NULL,
    "account_id" UUID,
    "session_id" UUID,
    "challenge_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "passkey_ceremony_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recovery_code" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "authenticator_app_account_id_created_at_idx" ON "authenticator_app"("account_id", "created_at");

-- CreateIndex
CREATE INDEX "authenticator_app_confirmed_at_created_at_idx" ON "authenticator_app"("confirmed_at", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "passkey_credential_id_key" ON "passkey"("credential_id");

-- CreateIndex
CREATE INDEX "passkey_account_id_created_at_idx" ON "passkey"("account_id", "created_at");

-- CreateIndex
CREATE INDEX "passkey_ceremony_expires_at_idx" ON "passkey_ceremony"("expires_at");

-- CreateIndex
CREATE INDEX "passkey_ceremony_account_id_idx" ON "passkey_ceremony"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "recovery_code_account_id_hash_key" ON "recovery_code"("account_id", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "account_passkey_handle_key" ON "account"("passkey_handle");

-- CreateIndex
CREATE INDEX "account_factors_end_at_idx" ON "account"("factors_end_at");

-- AddForeignKey
ALTER TABLE "authenticator_app" ADD CONSTRAINT "authenticator_app_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
