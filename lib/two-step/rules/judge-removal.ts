/** What the removal of an app or a passkey is judged by. */
export type RemovalFacts = {
  /** Whether it is a factor: a passkey may only sign in. */
  isFactor: boolean;
  /** How many other factors the account has. */
  others: number;
  /** Whether the account must have a factor. */
  isRequired: boolean;
};

/** Whose answer a removal needs beside the password. */
export type RemovalVerdict =
  /** The account must have a factor, and has no other. */
  | { kind: "last-required" }
  /** Another factor's, or a recovery code: whoever has only this one cannot turn it into all. */
  | { kind: "answer-of-another" }
  /** Its own will do, or a recovery code: there is no other. */
  | { kind: "answer-of-any" }
  | { kind: "password-alone" };

/** Judges whose answer removes an app or a passkey. */
export function judgeRemoval({ isFactor, others, isRequired }: RemovalFacts): RemovalVerdict {
  if (!isFactor) return { kind: "password-alone" };
  if (others > 0) return { kind: "answer-of-another" };
  return isRequired ? { kind: "last-required" } : { kind: "answer-of-any" };
}
