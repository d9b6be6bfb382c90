import { meansWord } from "@/lib/help/rules/words-of";

/** A part of an article as it is searched: its words where they stand. */
export type SearchedPart = { article: string[]; title: string[]; sentences: string[][] };

/** A part that was found: which, and the sentence that holds most of what was looked for. */
export type RankedPart = { part: number; sentence: number };

/** `all`: each holds every word. `some`: no part does, these hold some. */
export type Ranking = { kind: "all" | "some"; parts: RankedPart[] } | { kind: "none" };

// What a word counts for: most in the part's own title, then in the article's, then in its text.
const weights = { title: 6, article: 3, text: 1 };

const holds = (words: string[], typed: string) => words.some((word) => meansWord(typed, word));

// Short words are mostly the ones that say little: "has", "do", "my".
const DISTINCTIVE_LENGTH = 5;

const worthOf = (word: string, holding: number, parts: number) =>
  Math.log(1 + parts / Math.max(1, holding)) * Math.min(1, word.length / DISTINCTIVE_LENGTH) ** 2;

/**
 * Finds the parts that hold the words of a search, the best first; of equals the one that comes first.
 * A word counts for more the longer it is and the fewer parts hold it, so that "the" decides nothing.
 *
 * @param typed as by `wordsOf`
 * @param most parts at most
 */
export function rankParts(parts: SearchedPart[], typed: string[], most: number): Ranking {
  const words = [...new Set(typed)].map((word) => {
    const weightIn = parts.map((part) => weightOf(part, word));
    const holding = weightIn.filter((weight) => weight > 0).length;
    return { word, weightIn, holding, worth: worthOf(word, holding, parts.length) };
  });
  const inAll = parts.map((_, index) => words.every(({ weightIn }) => (weightIn[index] ?? 0) > 0));
  const kind = words.length > 0 && inAll.includes(true) ? "all" : "some";
  // What nearly every part holds is no reason to show one.
  const distinctive = words.filter(({ holding }) => holding <= parts.length / 2);
  const found = parts
    .map((part, index) => ({
      part: index,
      sentence: bestSentence(part.sentences, words),
      isDistinctive: distinctive.some(({ weightIn }) => (weightIn[index] ?? 0) > 0),
      score: words.reduce((sum, { weightIn, worth }) => sum + (weightIn[index] ?? 0) * worth, 0),
    }))
    .filter(({ part, isDistinctive }) => (kind === "all" ? inAll[part] : isDistinctive))
    .sort((one, other) => other.score - one.score || one.part - other.part)
    .slice(0, most)
    .map(({ part, sentence }) => ({ part, sentence }));
  return found.length === 0 ? { kind: "none" } : { kind, parts: found };
}

function weightOf(part: SearchedPart, word: string): number {
  return (
    (holds(part.title, word) ? weights.title : 0) +
    (holds(part.article, word) ? weights.article : 0) +
    (part.sentences.some((sentence) => holds(sentence, word)) ? weights.text : 0)
  );
}

function bestSentence(sentences: string[][], words: { word: string; worth: number }[]): number {
  const scores = sentences.map((sentence) =>
    words.reduce((sum, { word, worth }) => sum + (holds(sentence, word) ? worth : 0), 0),
  );
  return Math.max(0, scores.indexOf(Math.max(...scores)));
}
