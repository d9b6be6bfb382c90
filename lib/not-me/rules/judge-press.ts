import type { NotifiedOf, Undo } from "@/lib/account/rules/notified-of";

/** A link "that was not me" as it is stored. */
export type LinkFacts = { now: Date; expiresAt: Date; endedAt: Date | null };

/** Whether a link works: for 7 days, until one of the account's links is pressed. */
export type LinkVerdict = { kind: "live" } | { kind: "used" } | { kind: "expired" };

/** A link works once; what is pressed twice says so. */
export function judgeNotMeLink(facts: LinkFacts): LinkVerdict {
  if (facts.endedAt !== null) return { kind: "used" };
  return facts.expiresAt <= facts.now ? { kind: "expired" } : { kind: "live" };
}

/** The factors that a link is about: a mail may gather several. */
export const factorsOf = ({ undo, also }: Pick<Press, "undo" | "also">) =>
  [undo, ...also].flatMap((one) => (one?.kind === "factor" ? [one] : []));

/** A change of the contact e-mail, as far as undoing it is concerned. */
export type UndoableChange = {
  endedBecause: string | null;
  undoUntil: Date | null;
};

/** What a press on the button does besides what it always does. */
export type Press = {
  /** Whether the network is blocked for the account. */
  blocks: boolean;
  undo: Undo | null;
  /** What is undone besides; never a change of e-mail, which has a mail and a link of its own. */
  also: Undo[];
};

/**
 * What follows from a press.
 *
 * @param change of a mail that is about a change of the contact e-mail: that change
 * @param fromOldAddress whether the link was mailed to the address that was the contact e-mail before
 */
export function judgePress(
  notifiedOf: NotifiedOf,
  change: UndoableChange | null,
  fromOldAddress: boolean,
  now: Date,
): Press {
  // Somebody at home or at the office is not locked out with their neighbour.
  const blocks = !notifiedOf.trustedBefore;
  const { undo = null } = notifiedOf;
  const also = (notifiedOf.also ?? []).filter(({ kind }) => kind !== "email-change");
  if (undo?.kind !== "email-change") return { blocks, undo, also };
  const undoable =
    change?.endedBecause === "done" &&
    fromOldAddress &&
    change.undoUntil !== null &&
    change.undoUntil > now;
  return { blocks, undo: undoable ? undo : null, also };
}
