import type { PasswordOffCause } from "@/lib/access/rules/password-off";
import type { Block } from "@/lib/challenge/rules/code-attempts";
import { CODES_WITHOUT_A_RIGHT_ONE } from "@/lib/challenge/rules/limits";
import { afterHours } from "@/lib/moments";

/** Everything a sign-in with the right password is judged by. */
export type SignInFacts = {
  now: Date;
  mode: "off" | "observe" | "enforce";
  /** Since when the password opens nothing until a new one is set, and who said so; null: it works. */
  passwordOff: { since: Date; because: PasswordOffCause } | null;
  /** Staff type a code at every sign-in. */
  isStaff: boolean;
  /** The second factor that the account has, and what is on record where the place is known; null: none. */
  factor: FactorFacts | null;
  networkTrusted: boolean;
  /** Whether the browser is one that the account trusts wherever it is. */
  browserTrusted: boolean;
  browserSeenHere: boolean;
  block: Block | null;
  /** When the account's codes of the last hour were made, newest first; at most `accountCodesPerHour`. */
  codesLastHour: Date[];
  codesSinceRight: number;
  accountCodesPerHour: number;
};

/** A second factor, as far as it is known where somebody signs in. */
export type FactorFacts = {
  /** Whether it is asked for at known places too. */
  always: boolean;
  /** What makes the place known, as counts name it (`knownHere`); null: nothing does. */
  knownBy: string | null;
  /** The block of this browser at the known place. */
  browserBlock: Block | null;
  /** When it was asked for at this known place in the last hour, newest first. */
  askedHere: Date[];
};

/** What follows when network and browser are judged. */
export type ClientVerdict =
  | { kind: "enter"; because: "known-place"; newBrowser: boolean }
  | { kind: "enter"; because: "known-browser"; newBrowser: false }
  | ({ kind: "blocked" } & Block)
  | { kind: "wait"; because: "password-must-change"; until: null }
  | { kind: "wait"; because: "codes-used-up"; until: Date }
  | { kind: "ask-code" };

/** What follows for the customer; `instead` is what `enforce` would have said. */
export type SignInVerdict =
  | ClientVerdict
  | { kind: "password-off"; since: Date; because: PasswordOffCause }
  | { kind: "enter"; because: "not-asked"; instead: ClientVerdict["kind"] | null }
  /** At a known place a second factor was asked for as often in this hour as codes are mailed. */
  | { kind: "wait"; because: "asked-too-often-here"; until: Date; knownBy: string }
  /** A second factor instead of the mailed code. */
  | { kind: "ask-factor"; because: "new-place" | "always"; knownBy: string | null };

/** Rules 1, 2, 7, 8 and 10, in this order. */
export function judgeClient(facts: SignInFacts): ClientVerdict {
  if (facts.networkTrusted) {
    const newBrowser = !facts.browserSeenHere && !facts.browserTrusted;
    return { kind: "enter", because: "known-place", newBrowser };
  }
  if (facts.browserTrusted) return { kind: "enter", because: "known-browser", newBrowser: false };
  if (facts.block !== null) return { kind: "blocked", ...facts.block };
  if (facts.codesSinceRight >= CODES_WITHOUT_A_RIGHT_ONE) {
    return { kind: "wait", because: "password-must-change", until: null };
  }
  const oldest = facts.codesLastHour[facts.accountCodesPerHour - 1];
  if (oldest !== undefined) {
    return { kind: "wait", because: "codes-used-up", until: afterHours(oldest, 1) };
  }
  return { kind: "ask-code" };
}

/**
 * Staff are asked for a code everywhere, trusted or not. As for customers, no lock made elsewhere
 * reaches a trusted place: there only a block of that very network holds.
 */
function judgeStaff(facts: SignInFacts): ClientVerdict {
  if (facts.block !== null) return { kind: "blocked", ...facts.block };
  if (facts.networkTrusted) return { kind: "ask-code" };
  return judgeClient({ ...facts, browserTrusted: false });
}

/**
 * Whoever has a second factor is asked for it where others are asked for a code, or always; staff always.
 * Where the place is known, what is on record elsewhere does not reach it (rule 7): there only this browser
 * can be blocked, and only what was asked for there counts towards the hour. A trusted browser is such a place
 * wherever it is, and so is a range: a thief with a copied cookie has three tries an hour, not three a network.
 */
function judgeFactor(facts: SignInFacts, factor: FactorFacts): SignInVerdict {
  const { knownBy } = factor;
  if (knownBy === null) {
    // By what makes it known alone, whatever was read of the network and the browser a moment before.
    const verdict = judgeClient({ ...facts, networkTrusted: false, browserTrusted: false });
    if (verdict.kind !== "ask-code") return verdict;
    return { kind: "ask-factor", because: "new-place", knownBy };
  }
  if (!factor.always && !facts.isStaff) return judgeClient(facts);
  // Of staff a block of that very network holds too, as it does without a factor.
  const block = (facts.isStaff ? facts.block : null) ?? factor.browserBlock;
  if (block !== null) return { kind: "blocked", ...block };
  const oldest = factor.askedHere[facts.accountCodesPerHour - 1];
  if (oldest !== undefined) {
    const until = afterHours(oldest, 1);
    return { kind: "wait", because: "asked-too-often-here", until, knownBy };
  }
  return { kind: "ask-factor", because: "always", knownBy };
}

/**
 * The verdict on a sign-in with the right password, by VERIFICATION_MODE; a second factor is asked for in
 * each.
 */
export function judgeSignIn(facts: SignInFacts): SignInVerdict {
  if (facts.passwordOff !== null) return { kind: "password-off", ...facts.passwordOff };
  if (facts.factor !== null) return judgeFactor(facts, facts.factor);
  if (facts.isStaff) return judgeStaff(facts);
  if (facts.mode === "off") return { kind: "enter", because: "not-asked", instead: null };
  const verdict = judgeClient(facts);
  if (facts.mode === "enforce" || verdict.kind === "enter") return verdict;
  return { kind: "enter", because: "not-asked", instead: verdict.kind };
}
