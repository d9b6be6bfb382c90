/** What can be chosen, and all that it is found by. */
export type Searchable = { value: string; label: string; words: string };

// As many as the country with the most zones has; one character alone would find as many of anything.
const SHOWN = 30;

/** Typed characters from which on something is looked for. */
export const SEARCHED_FROM = 2;

// "reunion" finds "Réunion".
const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const wordsOf = (text: string) =>
  plain(text)
    .split(/[\s,/_().’-]+/)
    .filter(Boolean);

/**
 * The first few that every typed word begins a word of: those whose label begins so, then those that
 * have it as a whole word ("India" is not Indiana), then the rest.
 */
export function findChoices(choices: readonly Searchable[], typed: string): Searchable[] {
  const wanted = wordsOf(typed);
  if (wanted.join("").length < SEARCHED_FROM) return [];
  const ranked = choices
    .map((choice) => {
      const own = wordsOf(choice.words);
      if (!wanted.every((word) => own.some((start) => start.startsWith(word)))) return null;
      const isFirst = wordsOf(choice.label).join(" ").startsWith(wanted.join(" "));
      return { choice, rank: isFirst ? 0 : wanted.every((word) => own.includes(word)) ? 1 : 2 };
    })
    .filter((found) => found !== null);
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, SHOWN)
    .map(({ choice }) => choice);
}
