/** A change of the contact e-mail, as far as a confirmation is concerned. */
export type EmailChangeFacts = {
  now: Date;
  expiresAt: Date;
  endedBecause: string | null;
  oldConfirmedAt: Date | null;
  newConfirmedAt: Date | null;
};

/** Which of the two addresses confirms. */
export type Side = "old" | "new";

/** What a confirmation finds. Only `open` can be confirmed; `confirmed` waits for the other side. */
export type EmailChangeState =
  | { kind: "open" }
  | { kind: "confirmed" }
  | { kind: "done" | "cancelled" | "superseded" | "taken" | "undone" | "lapsed" };

const ends = ["done", "cancelled", "superseded", "taken", "undone"] as const;

/** Both addresses have to agree within 24 hours; what has ended stays so. */
export function judgeEmailChange(facts: EmailChangeFacts, side: Side): EmailChangeState {
  const { endedBecause } = facts;
  if (endedBecause !== null) {
    return { kind: ends.find((end) => end === endedBecause) ?? "cancelled" };
  }
  if (facts.expiresAt <= facts.now) return { kind: "lapsed" };
  const confirmedAt = side === "old" ? facts.oldConfirmedAt : facts.newConfirmedAt;
  return { kind: confirmedAt === null ? "open" : "confirmed" };
}
