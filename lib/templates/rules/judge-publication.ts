export type PublicationVerdict =
  | { kind: "may-publish" }
  | { kind: "nothing-to-publish" }
  /** Another revision than shown, or begun on an older version than the newest. */
  | { kind: "outdated" }
  | { kind: "not-asked" }
  | { kind: "own-text" };

/** What a publication is judged by. */
export type PublicationFacts = {
  /** The draft as it is now; null: there is none. */
  draft: { revision: string; base: bigint; isWaiting: boolean } | null;
  /** The revision that was shown. */
  seen: string;
  /** The newest version of the text; 0: none. */
  newest: bigint;
  /** Whether whoever publishes changed anything of it since the last published version. */
  isAuthor: boolean;
  onePersonMayPublish: boolean;
};

/** Whether a draft may be published by whoever asks for it; the gate judges afterwards what it says. */
export function judgePublication(facts: PublicationFacts): PublicationVerdict {
  const { draft, seen, newest, isAuthor, onePersonMayPublish } = facts;
  if (draft === null) return { kind: "nothing-to-publish" };
  if (draft.revision !== seen || draft.base !== newest) return { kind: "outdated" };
  if (!draft.isWaiting) return { kind: "not-asked" };
  if (isAuthor && !onePersonMayPublish) return { kind: "own-text" };
  return { kind: "may-publish" };
}
