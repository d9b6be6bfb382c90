import { type CaseState, isLive } from "@/lib/account/rules/case-states";

/** A case as an objection finds it. */
export type ObjectedCase = {
  state: CaseState;
  /** When an old address objected first; null: none has. */
  objectedAt: Date | null;
};

/** A link by which an old address objects, and the case it is about. */
export type ObjectionFacts = ObjectedCase & {
  now: Date;
  expiresAt: Date;
  /** When the link was used up, by itself or by another one of the case; null: it was not. */
  endedAt: Date | null;
};

export type ObjectionVerdict =
  | { kind: "live" }
  /** Two of the staff have agreed after an objection: one more is noted and stops nothing. */
  | { kind: "reviewed" }
  /** The same, and this link was used. */
  | { kind: "agreed" }
  /** The change was carried out. */
  | { kind: "done" }
  /** The case ended and changed nothing. */
  | { kind: "ended" }
  /** Somebody has objected; staff look at it. */
  | { kind: "objected" }
  | { kind: "expired" };

/** An objection counts as long as the case is not over; one is enough for all who could object. */
export function judgeObjection(facts: ObjectionFacts): ObjectionVerdict {
  if (facts.state === "done") return { kind: "done" };
  if (!isLive(facts.state)) return { kind: "ended" };
  const reviewed = isReviewed(facts);
  if (facts.endedAt !== null) return { kind: reviewed ? "agreed" : "objected" };
  if (facts.expiresAt <= facts.now) return { kind: "expired" };
  return { kind: reviewed ? "reviewed" : "live" };
}

/** What an objection without a link of its own does to a case: stops it, is noted, or nothing. */
export function judgeStop(found: ObjectedCase): "stop" | "note" | "nothing" {
  if (!isLive(found.state)) return "nothing";
  return isReviewed(found) ? "note" : "stop";
}

/**
 * Whether staff have agreed knowing of an objection, for which it always takes two of them. Whoever
 * took the old mailbox could otherwise hold the change up for ever.
 */
const isReviewed = ({ state, objectedAt }: ObjectedCase) =>
  state === "approved" && objectedAt !== null;
