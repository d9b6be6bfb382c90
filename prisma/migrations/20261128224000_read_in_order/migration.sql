-- What follows reads of each table as much as a page shows of it, however large it has become. While an
-- index is built, writes to its table wait: a second for a million rows of the largest (sessions,
-- sign-in history, mails, trusted places). CONCURRENTLY does not run in a migration's transaction, and
-- alone in a migration it would wait for another start that waits for this one.

-- CreateTable
CREATE TABLE "help_tally" (
    "article" TEXT NOT NULL,
    "ratings" INTEGER NOT NULL DEFAULT 0,
    "stars" INTEGER NOT NULL DEFAULT 0,
    "useful" INTEGER NOT NULL DEFAULT 0,
    "not_useful" INTEGER NOT NULL DEFAULT 0,
    "waiting" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "help_tally_pkey" PRIMARY KEY ("article")
);

-- CreateIndex
CREATE INDEX "account_role_idx" ON "account"("role");

-- CreateIndex
CREATE INDEX "trusted_place_network_account_id_idx" ON "trusted_place"("network", "account_id");

-- CreateIndex
CREATE INDEX "email_change_new_email_idx" ON "email_change"("new_email");

-- CreateIndex
CREATE INDEX "seen_browser_last_seen_at_idx" ON "seen_browser"("last_seen_at");

-- CreateIndex
CREATE INDEX "session_account_id_ended_at_last_seen_at_idx" ON "session"("account_id", "ended_at", "last_seen_at");

-- CreateIndex
CREATE INDEX "sign_in_judgement_account_id_verdict_at_idx" ON "sign_in_judgement"("account_id", "verdict", "at" DESC);

-- CreateIndex
CREATE INDEX "mail_challenge_id_idx" ON "mail"("challenge_id");

-- CreateIndex
CREATE INDEX "recovery_case_state_sent_at_idx" ON "recovery_case"("state", "sent_at");

-- CreateIndex
CREATE INDEX "recovery_case_account_email_idx" ON "recovery_case"("account_email");

-- CreateIndex
CREATE INDEX "recovery_case_new_email_idx" ON "recovery_case"("new_email");

-- CreateIndex
CREATE INDEX "staff_invitation_ended_at_expires_at_idx" ON "staff_invitation"("ended_at", "expires_at");

-- CreateIndex
CREATE INDEX "audit_entry_subject_id_at_idx" ON "audit_entry"("subject_id", "at");

-- CreateIndex
CREATE INDEX "audit_entry_action_seq_idx" ON "audit_entry"("action", "seq");

-- CreateIndex
CREATE INDEX "audit_entry_action_at_idx" ON "audit_entry"("action", "at");

-- CreateIndex
CREATE INDEX "audit_entry_actor_seq_idx" ON "audit_entry"("actor", "seq");

-- CreateIndex
CREATE INDEX "audit_entry_actor_at_idx" ON "audit_entry"("actor", "at");

-- CreateIndex
CREATE INDEX "help_question_state_answered_at_idx" ON "help_question"("state", "answered_at");

-- Prisma has no words for what follows: indexes of expressions, of a part of a table, and triggers.

-- Support looks for who came from an address, and for names that begin with what was typed.
CREATE INDEX "session_ip_account_id_idx" ON "session"(("ip"::inet), "account_id");
CREATE INDEX "sign_in_judgement_ip_account_id_idx" ON "sign_in_judgement"(("ip"::inet), "account_id");
CREATE INDEX "account_heard_name_in_order_idx" ON "account"
  ((regexp_replace(lower(normalize("name", NFKD)), '[\u0300-\u036f]', '', 'g') COLLATE "C"), "id");

-- The queue's cases that are over, the latest end first.
CREATE INDEX "recovery_case_state_over_at_idx" ON "recovery_case"("state", (coalesce("ended_at", "sent_at")), "id");

CREATE INDEX "help_feedback_comments_idx" ON "help_feedback"("at" DESC, "id" DESC) WHERE "comment" IS NOT NULL;

-- Pages say that mail is late by the one that failed last, however many wait for their first try.
CREATE INDEX "mail_failed_idx" ON "mail"("next_try_at") WHERE "state" = 'queued' AND "attempts" > 0;

-- The clean-up looks for documents that are still there, and most have been purged.
CREATE INDEX "case_document_sealed_idx" ON "case_document"("case_id") WHERE "sealed" IS NOT NULL;

-- Counts as they stand, and from here on by triggers: the version before, which knows nothing of them,
-- goes on writing meanwhile.
LOCK TABLE "help_feedback", "help_rating", "help_question" IN SHARE ROW EXCLUSIVE MODE;

CREATE FUNCTION "count_help"(article text, ratings int, stars int, useful int, not_useful int, waiting int)
RETURNS void LANGUAGE sql AS $$
  INSERT INTO help_tally AS t VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (article) DO UPDATE SET ratings = t.ratings + excluded.ratings,
    stars = t.stars + excluded.stars, useful = t.useful + excluded.useful,
    not_useful = t.not_useful + excluded.not_useful, waiting = t.waiting + excluded.waiting
$$;

CREATE FUNCTION "count_help_rating"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM count_help(OLD.article, -1, -OLD.stars, 0, 0, 0); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM count_help(NEW.article, 1, NEW.stars, 0, 0, 0); END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION "count_help_feedback"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM count_help(OLD.article, 0, 0, -OLD.useful::int, -(NOT OLD.useful)::int, 0);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM count_help(NEW.article, 0, 0, NEW.useful::int, (NOT NEW.useful)::int, 0);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION "count_help_question"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.state = 'waiting' THEN PERFORM count_help(OLD.article, 0, 0, 0, 0, -1); END IF;
  IF TG_OP <> 'DELETE' AND NEW.state = 'waiting' THEN PERFORM count_help(NEW.article, 0, 0, 0, 0, 1); END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "help_rating_is_counted" AFTER INSERT OR DELETE OR UPDATE OF "article", "stars"
  ON "help_rating" FOR EACH ROW EXECUTE FUNCTION "count_help_rating"();
CREATE TRIGGER "help_feedback_is_counted" AFTER INSERT OR DELETE OR UPDATE OF "article", "useful"
  ON "help_feedback" FOR EACH ROW EXECUTE FUNCTION "count_help_feedback"();
CREATE TRIGGER "help_question_is_counted" AFTER INSERT OR DELETE OR UPDATE OF "article", "state"
  ON "help_question" FOR EACH ROW EXECUTE FUNCTION "count_help_question"();

INSERT INTO help_tally (article, ratings, stars, useful, not_useful, waiting)
SELECT article, sum(ratings), sum(stars), sum(useful), sum(not_useful), sum(waiting) FROM (
  SELECT article, count(*) AS ratings, sum(stars) AS stars, 0 AS useful, 0 AS not_useful, 0 AS waiting
    FROM help_rating GROUP BY article
  UNION ALL SELECT article, 0, 0, count(*) FILTER (WHERE useful), count(*) FILTER (WHERE NOT useful), 0
    FROM help_feedback GROUP BY article
  UNION ALL SELECT article, 0, 0, 0, 0, count(*) FROM help_question WHERE state = 'waiting' GROUP BY article
) every GROUP BY article;
