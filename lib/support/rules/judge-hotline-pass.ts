import type { Block } from "@/lib/challenge/rules/code-attempts";
import type { Tie } from "@/lib/mail/rules/ties";
import { afterMinutes } from "@/lib/moments";
import { HOTLINE_PASS_MINUTES } from "@/lib/support/rules/limits";

/** The sign-in whose reference the caller read out, as far as it is one of this account's. */
export type CalledSignIn = {
  expiresAt: Date;
  endedAt: Date | null;
  passUntil: Date | null;
  /** The block of the account at its network, if one holds. */
  block: Block | null;
  /** Whether it came from a network or a browser of the member of staff. */
  isOwnDoing: boolean;
};

/** How the caller was checked, and how that went. */
export type CallerCheck =
  | { kind: "pin"; right: boolean; triesUsedUp: boolean }
  /** Called back on the number on the record, where that may be done, by one who says so or by two. */
  | { kind: "call-back"; possible: boolean; by: CalledBackBy };

/** Who says that the customer was called back; `two`: with what ties the second to the first, if anything. */
export type CalledBackBy = { kind: "one" } | { kind: "two"; tie: Tie | null };

/** Everything a hotline pass is judged by. */
export type HotlinePassFacts = {
  now: Date;
  isOneself: boolean;
  isStaff: boolean;
  /** Whether a request for another contact e-mail of the account is under way. */
  hasLiveCase: boolean;
  passwordOff: boolean;
  /** Whether the account has a second factor, which no call stands in for. */
  hasFactor: boolean;
  signIn: CalledSignIn | null;
  check: CallerCheck;
};

export type HotlinePassVerdict =
  | { kind: "oneself" }
  /** The account is one of the staff's. */
  | { kind: "staff" }
  | { kind: "case-open" }
  | { kind: "password-off" }
  | { kind: "has-factor" }
  /** Blocked there: the block is what to lift. */
  | { kind: "blocked"; reference: string }
  | { kind: "no-pending" }
  /** Somebody else lets it through, if anybody. */
  | { kind: "own-doing" }
  | { kind: "too-many-pins" }
  | { kind: "wrong-pin" }
  | { kind: "call-back-impossible" }
  /** A second member of staff has to confirm it. */
  | { kind: "call-back-noted"; until: Date }
  | { kind: "not-independent"; tie: Tie }
  | { kind: "granted"; until: Date };

/** Ordered so that a check is looked at only where a pass could follow from it. */
export function judgeHotlinePass(facts: HotlinePassFacts): HotlinePassVerdict {
  const { now, signIn, check } = facts;
  if (facts.isOneself) return { kind: "oneself" };
  if (facts.isStaff) return { kind: "staff" };
  if (facts.hasLiveCase) return { kind: "case-open" };
  if (facts.passwordOff) return { kind: "password-off" };
  if (facts.hasFactor) return { kind: "has-factor" };
  if (signIn === null) return { kind: "no-pending" };
  if (signIn.block !== null) return { kind: "blocked", reference: signIn.block.reference };
  const isOpen = signIn.endedAt === null && signIn.expiresAt > now && signIn.passUntil === null;
  if (!isOpen) return { kind: "no-pending" };
  if (signIn.isOwnDoing) return { kind: "own-doing" };
  if (check.kind === "call-back" && !check.possible) return { kind: "call-back-impossible" };
  if (check.kind === "call-back" && check.by.kind === "one") {
    return { kind: "call-back-noted", until: signIn.expiresAt };
  }
  if (check.kind === "call-back" && check.by.kind === "two" && check.by.tie !== null) {
    return { kind: "not-independent", tie: check.by.tie };
  }
  if (check.kind === "pin" && check.triesUsedUp) return { kind: "too-many-pins" };
  if (check.kind === "pin" && !check.right) return { kind: "wrong-pin" };
  return { kind: "granted", until: afterMinutes(now, HOTLINE_PASS_MINUTES) };
}
