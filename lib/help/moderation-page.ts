import { articles } from "@/lib/help/articles";
import { hideContacts } from "@/lib/help/rules/hide-contacts";
import { COMMENTS_SHOWN, WAITING_PER_PAGE } from "@/lib/help/rules/limits";
import { findComments, findFigures, findWaiting } from "@/lib/help/store";
import { isLocale, type Locale } from "@/lib/i18n/locales";
import { database } from "@/lib/sign-in/store";

/** A question that waits for staff. */
export type WaitingQuestion = {
  id: string;
  article: string;
  locale: Locale;
  question: string;
  askedAt: Date;
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
  /** Of every article, in their order. */
  figures: ArticleFigures[];
  /** The latest first. */
  comments: ShownComment[];
};

const localeOf = (stored: string): Locale => (isLocale(stored) ? stored : "en");

/** Reads what waits for staff, and what readers say of the articles. */
export async function readModerationPage(): Promise<ModerationPage> {
  const [{ questions, waiting }, figures, comments] = await Promise.all([
    findWaiting(database, WAITING_PER_PAGE),
    findFigures(database),
    findComments(database, COMMENTS_SHOWN),
  ]);
  const none = { yes: 0, no: 0, average: null, ratings: 0 };
  return {
    questions: questions.map(({ id, article, locale, question, askedAt }) => ({
      id,
      article,
      locale: localeOf(locale),
      question: hideContacts(question),
      askedAt,
    })),
    waiting,
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
