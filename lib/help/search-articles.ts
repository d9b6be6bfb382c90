import { articleTexts } from "@/lib/help/article-texts";
import { europeanWord } from "@/lib/help/brazilian-words";
import { phrasings } from "@/lib/help/phrasings";
import { SEARCH_MAX_LENGTH, SEARCH_RESULTS, SEARCH_WORDS } from "@/lib/help/rules/limits";
import { rankParts, type SearchedPart } from "@/lib/help/rules/rank-parts";
import { wordsOf } from "@/lib/help/rules/words-of";
import type { Locale } from "@/lib/i18n/locales";

/** A part of an article that was found. */
export type FoundPart = {
  /** Of the page, with the part's anchor. */
  href: string;
  title: string;
  articleTitle: string;
  /** The sentence that holds most of what was looked for. */
  sentence: string;
};

/** As of `Ranking`: `all` that was looked for, or `some` of it. */
export type SearchOutcome =
  | { kind: "all" | "some"; query: string; parts: FoundPart[] }
  | { kind: "nothing"; query: string };

type Shown = Omit<FoundPart, "sentence"> & { sentences: string[] };
type Index = { parts: SearchedPart[]; shown: Shown[] };

const indexes = new Map<Locale, Promise<Index>>();

async function makeIndex(locale: Locale): Promise<Index> {
  const segmenter = new Intl.Segmenter(locale, { granularity: "sentence" });
  const sentencesOf = (text: string) =>
    [...segmenter.segment(text)].map(({ segment }) => segment.trim());
  const shown = (await articleTexts(locale)).map(
    ({ article, section, articleTitle, title, paragraphs }) => ({
      href: section === null ? `/help/${article}` : `/help/${article}#${section}`,
      title,
      articleTitle,
      sentences: paragraphs.flatMap(sentencesOf),
    }),
  );
  const asked = new Map(Object.entries(phrasings[locale]));
  const parts = shown.map(({ href, articleTitle, title, sentences }) => ({
    article: wordsOf(articleTitle),
    title: wordsOf(title),
    sentences: sentences.map(wordsOf),
    phrasings: (asked.get(href.replace("/help/", "")) ?? []).map(wordsOf),
  }));
  return { parts, shown };
}

/** Reads what an address asks for; null where nothing was typed. */
export function readQuery(typed: string | string[] | undefined): string | null {
  if (typeof typed !== "string") return null;
  const query = [...typed.replace(/\s+/g, " ").trim()].slice(0, SEARCH_MAX_LENGTH).join("");
  return query === "" ? null : query;
}

/**
 * Searches the articles in one language. Their words are prepared once per process.
 *
 * @param query as by `readQuery`, from anybody
 */
export async function searchArticles(query: string, locale: Locale): Promise<SearchOutcome> {
  const index = indexes.get(locale) ?? makeIndex(locale);
  indexes.set(locale, index);
  const { parts, shown } = await index;
  const typed = wordsOf(query).slice(0, SEARCH_WORDS);
  const words = typed.map((word) => europeanWord(word, locale));
  const ranking = rankParts(parts, words, SEARCH_RESULTS);
  if (ranking.kind === "none") return { kind: "nothing", query };
  const found = ranking.parts.flatMap(({ part, sentence }) => {
    const one = shown[part];
    if (one === undefined) return [];
    const { sentences, ...rest } = one;
    return [{ ...rest, sentence: sentences[sentence] ?? "" }];
  });
  return { kind: ranking.kind, query, parts: found };
}
