/** Why the word of a member of staff does not count as that of one more person. */
export const ties = [
  /** It is the same account. */
  "same",
  /** One owes their role to the other. */
  "invited",
  /** Both act in one browser. */
  "same-browser",
  /** They joined, or got a higher role, after what it is about had begun. */
  "joined-after",
  /** It was asked for in a browser of their own; a pass also from a network of their own. */
  "own-doing",
  /** They owe their role to whom it is about. */
  "of-subject",
] as const;

export type Tie = (typeof ties)[number];
