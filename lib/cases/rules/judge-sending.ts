import type { CaseState } from "@/lib/account/rules/case-states";
import type { Lost } from "@/lib/cases/rules/lost";

/** What was proven before a case was begun: a session, the password alone, or nothing. */
export type CaseProof = "session" | "password" | "nothing";

/** A draft as it is to be sent. */
export type SendingFacts = {
  now: Date;
  state: CaseState;
  expiresAt: Date;
  proof: CaseProof;
  lost: Lost;
  newEmailConfirmed: boolean;
  hasStory: boolean;
  documents: number;
};

/** What a draft still lacks. */
export type Missing = "new-email" | "story" | "documents";

export type SendingVerdict =
  | { kind: "send" }
  | { kind: "missing"; what: Missing[] }
  | { kind: "lapsed" }
  | { kind: "sent-already" };

/**
 * A case is sent once, within 24 hours; one of a lost mailbox with a proven new address. Who has proven
 * nothing sends documents.
 */
export function judgeSending(facts: SendingFacts): SendingVerdict {
  if (facts.state !== "draft") return { kind: "sent-already" };
  if (facts.expiresAt <= facts.now) return { kind: "lapsed" };
  const what: Missing[] = [];
  if (facts.lost === "mailbox" && !facts.newEmailConfirmed) what.push("new-email");
  if (!facts.hasStory) what.push("story");
  if (facts.proof === "nothing" && facts.documents === 0) what.push("documents");
  return what.length > 0 ? { kind: "missing", what } : { kind: "send" };
}
