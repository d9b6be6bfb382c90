import type { OldRows } from "@/lib/db/sweep";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";

/** What an article was given so far, and what the browser that asks gave it. */
export type ArticleVoices = {
  average: number | null;
  ratings: number;
  ownUseful: boolean | null;
  ownStars: number | null;
};

/** A question as it is stored. */
export type QuestionRow = {
  id: string;
  article: string;
  locale: string;
  question: string;
  answer: string | null;
  askedAt: Date;
  answeredAt: Date | null;
};

/** Where a list of published questions goes on. */
type After = { at: Date; id: string };

/** Keeps whether a browser found an article useful: the latest word counts. */
export async function storeFeedback(
  database: Database,
  voice: {
    article: string;
    locale: string;
    browserId: string;
    useful: boolean;
    comment: string | null;
    now: Date;
  },
): Promise<void> {
  const { article, locale, browserId, useful, comment, now } = voice;
  await database.$executeRaw`
    INSERT INTO help_feedback (article, locale, browser_id, useful, comment, at)
    VALUES (${article}, ${locale}, ${browserId}::uuid, ${useful}, ${comment}, ${now})
    ON CONFLICT (article, browser_id) DO UPDATE SET locale = excluded.locale,
      useful = excluded.useful, comment = excluded.comment, at = excluded.at`;
}

/** Keeps the stars a browser gave an article: the latest word counts. */
export async function storeRating(
  database: Database,
  rating: { article: string; browserId: string; stars: number; now: Date },
): Promise<void> {
  const { article, browserId, stars, now } = rating;
  await database.$executeRaw`
    INSERT INTO help_rating (article, browser_id, stars, at)
    VALUES (${article}, ${browserId}::uuid, ${stars}, ${now})
    ON CONFLICT (article, browser_id) DO UPDATE SET stars = excluded.stars, at = excluded.at`;
}

/** The stars of an article, and the voice of one browser; null: it has none. */
export async function findVoices(
  database: Database,
  filter: { article: string; browserId: string | null },
): Promise<ArticleVoices> {
  const { article, browserId } = filter;
  const rows = await database.$queryRaw<ArticleVoices[]>`
    SELECT t.stars::float8 / nullif(t.ratings, 0) AS average, coalesce(t.ratings, 0) AS ratings,
      (SELECT stars FROM help_rating
        WHERE article = ${article} AND browser_id = ${browserId}::uuid) AS "ownStars",
      (SELECT useful FROM help_feedback
        WHERE article = ${article} AND browser_id = ${browserId}::uuid) AS "ownUseful"
    FROM (SELECT) one LEFT JOIN help_tally t ON t.article = ${article}`;
  return rows[0] ?? { average: null, ratings: 0, ownUseful: null, ownStars: null };
}

/** What all browsers said of each article; articles nobody said anything of are missing. */
export function findFigures(
  database: Database,
): Promise<
  { article: string; yes: number; no: number; average: number | null; ratings: number }[]
> {
  return database.$queryRaw`
    SELECT article, useful AS yes, not_useful AS no, stars::float8 / nullif(ratings, 0) AS average,
      ratings
    FROM help_tally WHERE useful + not_useful + ratings > 0`;
}

/** The latest comments of all articles. */
export function findComments(database: Database, limit: number) {
  return database.helpFeedback.findMany({
    where: { comment: { not: null } },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { id: true, article: true, locale: true, useful: true, comment: true, at: true },
    take: limit,
  });
}

/** Whether the same question waits already: a form that was sent twice asks once. */
export async function isWaiting(
  tx: Database,
  question: { article: string; locale: string; question: string },
): Promise<boolean> {
  return (await tx.helpQuestion.count({ where: { ...question, state: "waiting" } })) > 0;
}

/** Keeps a question for staff. */
export async function storeQuestion(
  tx: Database,
  question: { article: string; locale: string; question: string; askedAt: Date },
): Promise<void> {
  await tx.helpQuestion.create({ data: question });
}

/** Published questions of an article in one language, the latest answer first. */
export function findPublished(
  database: Database,
  which: { article: string; locale: string; after: After | null; limit: number },
): Promise<QuestionRow[]> {
  const { article, locale, after, limit } = which;
  return findLatestPublished(database, { article, locale }, after, limit);
}

/** Published questions of all articles and languages, the latest answer first. */
export function findAllPublished(
  database: Database,
  after: After | null,
  limit: number,
): Promise<QuestionRow[]> {
  return findLatestPublished(database, {}, after, limit);
}

function findLatestPublished(
  database: Database,
  which: { article?: string; locale?: string },
  after: After | null,
  limit: number,
): Promise<QuestionRow[]> {
  const older =
    after === null
      ? {}
      : { OR: [{ answeredAt: { lt: after.at } }, { answeredAt: after.at, id: { lt: after.id } }] };
  return database.helpQuestion.findMany({
    where: { ...which, state: "published", ...older },
    orderBy: [{ answeredAt: "desc" }, { id: "desc" }],
    take: limit,
  });
}

/** The questions that wait longest, and how many wait in all. */
export async function findWaiting(
  database: Database,
  limit: number,
): Promise<{ questions: QuestionRow[]; waiting: number }> {
  const filter = { state: "waiting" };
  const questions = await database.helpQuestion.findMany({
    where: filter,
    orderBy: [{ askedAt: "asc" }, { id: "asc" }],
    take: limit,
  });
  const all = await database.helpTally.aggregate({ _sum: { waiting: true } });
  return { questions, waiting: Math.max(questions.length, all._sum.waiting ?? 0) };
}

/** A question, in whatever state; null where there is none. */
export function findQuestion(
  database: Database,
  id: string,
): Promise<(QuestionRow & { state: string }) | null> {
  return database.helpQuestion.findUnique({ where: { id } });
}

/** Notes what staff decided about a question. Under its lock. */
export async function decideQuestion(
  tx: Database,
  id: string,
  decision:
    | { state: "published"; question: string; answer: string; answeredAt: Date }
    | { state: "declined"; answeredAt: Date }
    | { state: "waiting"; answeredAt: null },
): Promise<void> {
  await tx.helpQuestion.update({ where: { id }, data: decision });
}

/** Declined questions, and comments, that are older than a moment. Votes and stars stay. */
export const oldFeedback = (before: Date): OldRows[] => [
  {
    ...{ table: "help_question", by: "answered_at", before },
    only: Prisma.sql`state = 'declined'`,
  },
  {
    ...{ table: "help_feedback", by: "at", before },
    ...{ only: Prisma.sql`comment IS NOT NULL`, emptied: Prisma.sql`comment = NULL` },
  },
];
