import { isDatabaseDown } from "@/lib/db/database-down";
import { database } from "@/lib/db/transaction";
import { hideContacts } from "@/lib/help/rules/hide-contacts";
import { QUESTIONS_PER_PAGE } from "@/lib/help/rules/limits";
import { type ArticleVoices, findPublished, findVoices } from "@/lib/help/store";
import { cursorText, readCursor } from "@/lib/history/rules/page-cursor";
import type { Locale } from "@/lib/i18n/locales";

/** A question below an article, with its answer. */
export type PublishedQuestion = { id: string; question: string; answer: string; answeredAt: Date };

/** What others said below an article, and what this browser said. */
export type ArticleTalk = {
  voices: ArticleVoices;
  questions: PublishedQuestion[];
  /** Where the earlier questions go on; null: there are none. */
  next: string | null;
  /** Whether these are earlier ones. */
  isEarlier: boolean;
};

/**
 * Reads what stands below an article in one language.
 *
 * @param query.browserId null: a browser that said nothing yet
 * @param query.before where the page before ended, as its address says; from anybody
 * @returns null when the database cannot be reached: the article itself does not need it
 */
export async function readArticleTalk(query: {
  article: string;
  locale: Locale;
  browserId: string | null;
  before: string | null;
}): Promise<ArticleTalk | null> {
  const { article, locale, browserId } = query;
  const after = readCursor(query.before);
  const limit = QUESTIONS_PER_PAGE + 1;
  try {
    const [voices, found] = await Promise.all([
      findVoices(database, { article, browserId }),
      findPublished(database, { article, locale, after, limit }),
    ]);
    const questions = found.slice(0, QUESTIONS_PER_PAGE).map(shown);
    const last = questions.at(-1);
    const goesOn = found.length > questions.length && last !== undefined;
    const next = goesOn ? cursorText({ at: last.answeredAt, id: last.id }) : null;
    return { voices, questions, next, isEarlier: after !== null };
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    return null;
  }
}

// Hidden before it was stored, and here again: by newer rules than those of its day.
function shown(row: Awaited<ReturnType<typeof findPublished>>[number]): PublishedQuestion {
  const { id, question, answer, askedAt, answeredAt } = row;
  return {
    id,
    question: hideContacts(question),
    answer: hideContacts(answer ?? ""),
    answeredAt: answeredAt ?? askedAt,
  };
}
