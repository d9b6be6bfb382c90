-- AlterTable
ALTER TABLE "mail" ADD COLUMN     "edition" BIGINT,
ADD COLUMN     "owner_name" TEXT;

-- CreateTable
CREATE TABLE "template_version" (
    "id" BIGINT NOT NULL,
    "subject" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "document" JSONB,
    "built_in" TEXT,
    "action" TEXT NOT NULL,
    "from_id" BIGINT,
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "template_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "template_part" (
    "version_id" BIGINT NOT NULL,
    "account_id" UUID NOT NULL,
    "part" TEXT NOT NULL,

    CONSTRAINT "template_part_pkey" PRIMARY KEY ("version_id","account_id","part")
);

-- CreateTable
CREATE TABLE "template_draft" (
    "subject" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "base" BIGINT NOT NULL,
    "revision" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "subject_line" TEXT NOT NULL,
    "preview_line" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "sent_back" TEXT,
    "saved_by_id" UUID,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_by_id" UUID,
    "asked_at" TIMESTAMPTZ(3),

    CONSTRAINT "template_draft_pkey" PRIMARY KEY ("subject","language")
);

-- CreateTable
CREATE TABLE "template_draft_author" (
    "subject" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "account_id" UUID NOT NULL,

    CONSTRAINT "template_draft_author_pkey" PRIMARY KEY ("subject","language","account_id")
);

-- CreateTable
CREATE TABLE "template_look" (
    "subject" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "seen" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "template_look_pkey" PRIMARY KEY ("subject","language")
);

-- CreateTable
CREATE TABLE "template_fallback" (
    "subject" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "alarmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "template_fallback_pkey" PRIMARY KEY ("subject","language","hour")
);

-- CreateTable
CREATE TABLE "mail_image" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_image_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "template_version_subject_language_id_idx" ON "template_version"("subject", "language", "id");

-- CreateIndex
CREATE UNIQUE INDEX "template_version_subject_language_number_key" ON "template_version"("subject", "language", "number");

-- CreateIndex
CREATE INDEX "template_part_account_id_idx" ON "template_part"("account_id");

-- CreateIndex
CREATE INDEX "template_draft_saved_by_id_idx" ON "template_draft"("saved_by_id");

-- CreateIndex
CREATE INDEX "template_draft_asked_by_id_idx" ON "template_draft"("asked_by_id");

-- CreateIndex
CREATE INDEX "template_draft_author_account_id_idx" ON "template_draft_author"("account_id");

-- CreateIndex
CREATE INDEX "template_fallback_last_at_idx" ON "template_fallback"("last_at");

-- CreateIndex
CREATE UNIQUE INDEX "mail_image_digest_key" ON "mail_image"("digest");

-- AddForeignKey
ALTER TABLE "template_part" ADD CONSTRAINT "template_part_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "template_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "template_part" ADD CONSTRAINT "template_part_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "template_draft" ADD CONSTRAINT "template_draft_saved_by_id_fkey" FOREIGN KEY ("saved_by_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "template_draft" ADD CONSTRAINT "template_draft_asked_by_id_fkey" FOREIGN KEY ("asked_by_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "template_draft_author" ADD CONSTRAINT "template_draft_author_subject_language_fkey" FOREIGN KEY ("subject", "language") REFERENCES "template_draft"("subject", "language") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "template_draft_author" ADD CONSTRAINT "template_draft_author_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A mail that is tried again is made of the versions of its first try: none of them changes or goes.
CREATE FUNCTION "refuse_change_of_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Versions of texts are only added: % is refused.', TG_OP;
END $$;
CREATE TRIGGER "template_version_stays" BEFORE UPDATE OR DELETE ON "template_version"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_version"();
CREATE TRIGGER "template_version_stays_whole" BEFORE TRUNCATE ON "template_version"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_version"();
