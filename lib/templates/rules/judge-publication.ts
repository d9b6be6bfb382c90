/** Why somebody counts as an author of a draft, or as the same person as one. */
export type OwnText = "author" | "same-browser" | "invited-by-author";

export type PublicationVerdict =
  | { kind: "may-publish" }
  | { kind: "nothing-to-publish" }
  /** Another revision than shown, or begun on an older version than the newest. */
  | { kind: "outdated" }
  | { kind: "not-asked" }
  | { kind: "own-text"; because: OwnText };
