import type { Block } from "@/lib/challenge/rules/code-attempts";
import { CODES_WITHOUT_A_RIGHT_ONE } from "@/lib/challenge/rules/limits";
import { afterHours } from "@/lib/moments";

/** Everything a request to widen access is judged by, once the password was typed again. */
export type AskingFacts = {
  now: Date;
  /** Whether changes wait, because a factor of the account is announced to end; never of keeping it. */
  frozen: boolean;
  /** Whether whoever holds the session has proven the mailbox by a code, at its beginning or since. */
  codeProven: boolean;
  /** Whether the account has a second factor, and whoever holds the session has proven one. */
  hasFactor: boolean;
  factorProven: boolean;
  /** A block after wrong codes for such requests, from this network. */
  block: Block | null;
  /** When the account's codes for such requests were made in the last hour, newest first. */
  codesLastHour: Date[];
  codesSinceRight: number;
  accountCodesPerHour: number;
};

/** What becomes of the request. */
export type AskingVerdict =
  | { kind: "frozen" }
  | { kind: "carry-out" }
  | ({ kind: "blocked" } & Block)
  | { kind: "password-must-change" }
  | { kind: "codes-used-up"; until: Date }
  | { kind: "ask-code" }
  | { kind: "ask-factor" };

/**
 * A neighbour behind a known address, with the password, is let in without a code; nothing lasting
 * is granted to them. What is asked for instead is limited like that of a sign-in.
 */
export function judgeAsking(facts: AskingFacts): AskingVerdict {
  // Who the owner is, is just what is being found out.
  if (facts.frozen) return { kind: "frozen" };
  // The mailbox is no way around a factor.
  if (facts.hasFactor ? facts.factorProven : facts.codeProven) return { kind: "carry-out" };
  if (facts.block !== null) return { kind: "blocked", ...facts.block };
  if (facts.codesSinceRight >= CODES_WITHOUT_A_RIGHT_ONE) return { kind: "password-must-change" };
  const oldest = facts.codesLastHour[facts.accountCodesPerHour - 1];
  if (oldest !== undefined) return { kind: "codes-used-up", until: afterHours(oldest, 1) };
  return { kind: facts.hasFactor ? "ask-factor" : "ask-code" };
}
