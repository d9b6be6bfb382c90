/** What a reset link is judged by. */
export type ResetLinkFacts = {
  now: Date;
  expiresAt: Date;
  /** When it was used, or another new password ended it. */
  endedAt: Date | null;
  /** Null for a link that was made for an address without an account. */
  accountId: string | null;
};

/** Whether a link sets a new password; the reason is for the log, the page has one answer. */
export type ResetLinkVerdict =
  | { kind: "live" }
  | { kind: "dead"; because: "for-nobody" | "ended" | "expired" };

/** Judges a link whose token is right. */
export function judgeResetLink(facts: ResetLinkFacts): ResetLinkVerdict {
  if (facts.accountId === null) return { kind: "dead", because: "for-nobody" };
  if (facts.endedAt !== null) return { kind: "dead", because: "ended" };
  if (facts.expiresAt <= facts.now) return { kind: "dead", because: "expired" };
  return { kind: "live" };
}
