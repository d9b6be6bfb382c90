import type { PasswordOffCause } from "@/lib/access/rules/password-off";
import type { Block } from "@/lib/challenge/rules/code-attempts";

/** What a sign-in by a passkey, whose answer was right, is judged by. */
export type PasskeyFacts = {
  passwordOff: { since: Date; because: PasswordOffCause } | null;
  isStaff: boolean;
  /** What makes the place known; null: nothing does. */
  known: "place" | "browser" | null;
  /** Of the account from this network. */
  block: Block | null;
  /** Of this browser, where the place is known. */
  browserBlock: Block | null;
};

export type PasskeySignIn =
  | { kind: "password-off"; since: Date; because: PasswordOffCause }
  | ({ kind: "blocked" } & Block)
  | { kind: "enter" };

/**
 * Rows K1 to K4: a passkey with its user verified is two factors at once, so nothing further is asked for,
 * wherever it is and in every mode. What was switched off or blocked stays so.
 */
export function judgePasskey(facts: PasskeyFacts): PasskeySignIn {
  if (facts.passwordOff !== null) return { kind: "password-off", ...facts.passwordOff };
  const { isStaff, known } = facts;
  // Rule 7: a network's block does not reach a known place; of staff it holds there beside the browser's.
  const ofNetwork = known === null || isStaff ? facts.block : null;
  const block = ofNetwork ?? (known === null ? null : facts.browserBlock);
  return block === null ? { kind: "enter" } : { kind: "blocked", ...block };
}
