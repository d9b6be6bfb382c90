import { database } from "@/lib/db/transaction";
import { articles } from "@/lib/help/articles";
import { hideContacts } from "@/lib/help/rules/hide-contacts";
import { COMMENTS_SHOWN, PUBLISHED_PER_PAGE, WAITING_PER_PAGE } from "@/lib/help/rules/limits";
import { findAllPublished, findComments, findFigures, findWaiting } from "@/lib/help/store";
import { cursorText, readCursor } from "@/lib/history/rules/page-cursor";
import { isLocale, type Locale } from "@/lib/i18n/locales";

/** A question that waits for staff. */
export type WaitingQuestion = {
  id: string;
  article: string;
  locale: Locale;
  question: string;
  /** What it was answered before it was taken back; null: nothing yet. */
  answer: string | null;
  askedAt: Date;
};

/** A question that everybody can read, as staff find it again. */
export type ShownQuestion = {
  id: string;
  article: string;
  locale: Locale;
  question: string;
  answer: string;
  answeredAt: Date;
};

/** What readers said of one article. */
export type ArticleFigures = {
  article: string;
  yes: number;
  no: number;
  average: number | null;
  ratings: number;
};

/** What a reader wrote about an article. */
export type ShownComment = {
  id: string;
  article: string;
  locale: Locale;
  useful: boolean;
  comment: string;
  at: Date;
};

/** What staff see of the talk below the articles. */
export type ModerationPage = {
  /** The oldest first. */
  questions: WaitingQuestion[];
  /** How many wait in all. */
  waiting: number;
  /** What is published, the latest answer first. */
  published: ShownQuestion[];
  /** Where the earlier published ones go on; null: there are none. */
  earlier: string | null;
  /** Of every article, in their order. */
  figures: ArticleFigures[];
  /** The latest first. */
  comments: ShownComment[];
};

const localeOf = (stored: string): Locale => (isLocale(stored) ? stored : "en");

/**
 * Reads what waits for staff, what is published, and what readers say of the articles.
 *
 * @param before where the page of published questions before ended, as its address says; from anybody
 */
export async function readModerationPage(before: string | null = null): Promise<ModerationPage> {
  const [{ questions, waiting }, { published, earlier }, figures, comments] = await Promise.all([
    findWaiting(database, WAITING_PER_PAGE),
    readPublished(before),
    findFigures(database),
    findComments(database, COMMENTS_SHOWN),
  ]);
  const none = { yes: 0, no: 0, average: null, ratings: 0 };
  return {
    questions: questions.map(({ id, article, locale, question, answer, askedAt }) => ({
      id,
      article,
      locale: localeOf(locale),
      question: hideContacts(question),
      answer: answer === null ? null : hideContacts(answer),
      askedAt,
    })),
    waiting,
    published,
    earlier,
    figures: Object.keys(articles).map(
      (article) => figures.find((one) => one.article === article) ?? { article, ...none },
    ),
    comments: comments.map(({ id, article, locale, useful, comment, at }) => ({
      id,
      article,
      locale: localeOf(locale),
      useful,
      comment: hideContacts(comment ?? ""),
      at,
    })),
  };
}

async function readPublished(
  before: string | null,
): Promise<Pick<ModerationPage, "published" | "earlier">> {
  const found = await findAllPublished(database, readCursor(before), PUBLISHED_PER_PAGE + 1);
  const rows = found.slice(0, PUBLISHED_PER_PAGE);
  const published = rows.map(({ id, article, locale, question, answer, askedAt, answeredAt }) => ({
    id,
    article,
    locale: localeOf(locale),
    question: hideContacts(question),
    answer: hideContacts(answer ?? ""),
    answeredAt: answeredAt ?? askedAt,
  }));
  const last = published.at(-1);
  const goesOn = found.length > rows.length && last !== undefined;
  return { published, earlier: goesOn ? cursorText({ at: last.answeredAt, id: last.id }) : null };
}
