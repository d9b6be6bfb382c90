import { isNearly, meansWord } from "@/lib/help/rules/words-of";

/** A part of an article as it is searched: its words where they stand. */
export type SearchedPart = {
  article: string[];
  title: string[];
  sentences: string[][];
  /** What people type who look for it. */
  phrasings: string[][];
};

/** A part that was found: which, and the sentence that holds most of what was looked for. */
export type RankedPart = { part: number; sentence: number };

/**
 * `all`: each holds every word, or is asked for in nearly these. `some`: no part holds all, these hold
 * some.
 */
export type Ranking = { kind: "all" | "some"; parts: RankedPart[] } | { kind: "none" };

// What a word counts for: most in the part's own title and where people ask for it, then in the
// article's title, then in its text. And again in the title or phrasing that is most like the search,
// as far as that says nothing else: "code not received" is no "received a code I did not ask for".
const weights = { title: 6, phrasings: 6, article: 3, text: 1, alike: 12 };

/** A word of a search: what may have been meant by it. */
type Word = { meant: string[]; worth: number };

const holds = (words: string[], meant: string[]) =>
  meant.some((one) => words.some((word) => meansWord(one, word)));

// Short words are mostly the ones that say little: "has", "do", "my".
const DISTINCTIVE_LENGTH = 5;

// A long part holds every word of many a search by chance. One whose title or phrasing is so much like
// the search is shown beside it all the same: this share of what its words are worth.
const ALIKE = 0.4;

const worthOf = (word: string, holding: number, parts: number) =>
  Math.log(1 + parts / Math.max(1, holding)) * Math.min(1, word.length / DISTINCTIVE_LENGTH) ** 2;

/**
 * Finds the parts that hold the words of a search, the best first; of equals the one that comes first.
 * A word counts for more the longer it is and the fewer parts hold it, so that "the" decides nothing.
 * One that no part holds is taken for those it may be a typing error of.
 *
 * @param typed as by `wordsOf`
 * @param most parts at most
 */
export function rankParts(parts: SearchedPart[], typed: string[], most: number): Ranking {
  const known = [...new Set(parts.flatMap(wordsIn))];
  const words = [...new Set(typed)].map((word) => {
    const meant = meantBy(word, known);
    const weightIn = parts.map((part) => weightOf(part, meant));
    const holding = weightIn.filter((weight) => weight > 0).length;
    return { meant, weightIn, holding, worth: worthOf(word, holding, parts.length) };
  });
  const inAll = parts.map((_, index) => words.every(({ weightIn }) => (weightIn[index] ?? 0) > 0));
  const kind = words.length > 0 && inAll.includes(true) ? "all" : "some";
  // What nearly every part holds is no reason to show one.
  const distinctive = words.filter(({ holding }) => holding <= parts.length / 2);
  const everything = words.reduce((sum, { worth }) => sum + worth, 0);
  const found = parts
    .map((part, index) => {
      const like = likeness(part, words);
      const score = words.reduce(
        (sum, { weightIn, worth }) => sum + (weightIn[index] ?? 0) * worth,
        weights.alike * like,
      );
      const isAnswer = inAll[index] || like >= ALIKE * everything;
      const isDistinctive = distinctive.some(({ weightIn }) => (weightIn[index] ?? 0) > 0);
      const isShown = kind === "all" ? isAnswer : isDistinctive;
      return { part: index, sentence: bestSentence(part.sentences, words), score, isShown };
    })
    .filter(({ isShown }) => isShown)
    .sort((one, other) => other.score - one.score || one.part - other.part)
    .slice(0, most)
    .map(({ part, sentence }) => ({ part, sentence }));
  return found.length === 0 ? { kind: "none" } : { kind, parts: found };
}

const wordsIn = ({ article, title, sentences, phrasings }: SearchedPart) =>
  [article, title, ...sentences, ...phrasings].flat();

const meantBy = (typed: string, known: string[]) =>
  known.some((word) => meansWord(typed, word))
    ? [typed]
    : known.filter((word) => isNearly(typed, word));

function weightOf(part: SearchedPart, meant: string[]): number {
  const { title, article, sentences, phrasings } = part;
  return (
    (holds(title, meant) ? weights.title : 0) +
    (holds(article, meant) ? weights.article : 0) +
    (sentences.some((sentence) => holds(sentence, meant)) ? weights.text : 0) +
    (phrasings.some((phrasing) => holds(phrasing, meant)) ? weights.phrasings : 0)
  );
}

/** How much of a search stands in one title or phrasing, times how much of that was looked for. */
function likeness({ title, phrasings }: SearchedPart, words: Word[]): number {
  const all = [title, ...phrasings].map((phrasing) => {
    const asked = phrasing.filter((word) => words.some(({ meant }) => holds([word], meant)));
    return (worthIn(phrasing, words) * asked.length) / Math.max(1, phrasing.length);
  });
  return Math.max(...all);
}

const worthIn = (text: string[], words: Word[]) =>
  words.reduce((sum, { meant, worth }) => sum + (holds(text, meant) ? worth : 0), 0);

function bestSentence(sentences: string[][], words: Word[]): number {
  const scores = sentences.map((sentence) => worthIn(sentence, words));
  return Math.max(0, scores.indexOf(Math.max(...scores)));
}
