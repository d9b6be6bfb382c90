import { type CaseState, isLive } from "@/lib/cases/rules/case-states";

/** A link by which an old address objects, and the case it is about. */
export type ObjectionFacts = {
  now: Date;
  state: CaseState;
  expiresAt: Date;
  /** When the link was used up, by itself or by another one of the case; null: it was not. */
  endedAt: Date | null;
};

export type ObjectionVerdict =
  | { kind: "live" }
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
  if (facts.endedAt !== null) return { kind: "objected" };
  return facts.expiresAt <= facts.now ? { kind: "expired" } : { kind: "live" };
}
