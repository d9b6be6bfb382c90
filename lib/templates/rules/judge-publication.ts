/** Why somebody counts as an author of a draft, or as the same person as one. */
export type OwnText = "author" | "same-browser" | "invited-by-author";

export type PublicationVerdict =
  | { kind: "may-publish" }
  | { kind: "nothing-to-publish" }
  /** Another revision than shown, or begun on an older version than the newest. */
  | { kind: "outdated" }
  | { kind: "not-asked" }
  | { kind: "own-text"; because: OwnText };

/** What a publication is judged by. */
export type PublicationFacts = {
  /** The draft as it is now; null: there is none. */
  draft: { revision: string; base: bigint; isWaiting: boolean } | null;
  /** The revision that was shown. */
  seen: string;
  /** The newest version of the text; 0: none. */
  newest: bigint;
  /** Why whoever publishes is no second person; null: they are one. */
  own: OwnText | null;
  onePersonMayPublish: boolean;
};

/** Whether a draft may be published by whoever asks for it; the gate judges afterwards what it says. */
export function judgePublication(facts: PublicationFacts): PublicationVerdict {
  const { draft, seen, newest, own, onePersonMayPublish } = facts;
  if (draft === null) return { kind: "nothing-to-publish" };
  if (draft.revision !== seen || draft.base !== newest) return { kind: "outdated" };
  if (!draft.isWaiting) return { kind: "not-asked" };
  if (own !== null && !onePersonMayPublish) return { kind: "own-text", because: own };
  return { kind: "may-publish" };
}

/** Whoever publishes, as far as it matters whether they wrote it. */
export type Publisher = {
  id: string;
  /** Whoever they owe their role to, and so on. */
  sponsors: readonly string[];
  /** Whether an author is or was signed in in the browser they act in. */
  sharesBrowser: boolean;
};

/**
 * Why somebody is no second person beside the authors of a draft; null: they are one. An author could
 * have made an account of a second name: in the same browser, or by an invitation. The other way round
 * an invitation says nothing: an admin publishes what those write whom they have invited.
 */
export function ownTextOf(publisher: Publisher, authors: readonly string[]): OwnText | null {
  if (authors.includes(publisher.id)) return "author";
  if (authors.length > 0 && publisher.sharesBrowser) return "same-browser";
  return authors.some((id) => publisher.sponsors.includes(id)) ? "invited-by-author" : null;
}
