/** How a text is in one language, one word: the first of these that holds. */
export const textStates = ["waiting", "draft", "outdated", "published", "built-in"] as const;

export type TextState = (typeof textStates)[number];

/** What the state of a text follows from. */
export type TextFacts = {
  draft: "draft" | "waiting" | null;
  isOutdated: boolean;
  /** Whether its newest version says something of its own. */
  isPublished: boolean;
};

/** The state of a text. */
export function textStateOf({ draft, isOutdated, isPublished }: TextFacts): TextState {
  if (draft !== null) return draft;
  if (isOutdated) return "outdated";
  return isPublished ? "published" : "built-in";
}

/** What a translation is outdated by. */
export type TranslationFacts = {
  /** Whether it is in the leading language. */
  isLeading: boolean;
  /** Whether both are the built-in text. */
  areBuiltIn: boolean;
  /** The newest version in the leading language, of whatever kind; 0: none. */
  leading: bigint;
  /** The newest version in this language; 0: none. */
  own: bigint;
  /** Up to which version of the leading language it was looked at; 0: never. */
  seen: bigint;
};

/**
 * Whether the leading language has changed since a translation was published or looked at. Versions are
 * numbered over all texts, so that the later of two has the higher number.
 */
export const isOutdated = (facts: TranslationFacts): boolean => {
  const { isLeading, areBuiltIn, leading, own, seen } = facts;
  return !isLeading && !areBuiltIn && leading > own && leading > seen;
};
