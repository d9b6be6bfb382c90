import type { MailProgress } from "@/lib/mail/rules/mail-state";

/** The one thing that helps whoever waits for a code, as far as its mail has come. */
export type NextStep =
  | "wait"
  | "look-in-spam"
  | "wait-until"
  | "other-address"
  | "make-room"
  | "send-again"
  | "check-address"
  | "another-address"
  | "call-us"
  | "recover";

/** Whose code it is, as far as that says what helps. */
export type Helped = {
  /** Whether the address is one that was just typed, and not yet of any account. */
  isNewAddress: boolean;
  /** Whether the same code goes to another address, which takes it. */
  hasOther: boolean;
  /** Whether the operator can be reached. */
  canCall: boolean;
};

type Way = Pick<MailProgress, "state" | "reason"> & Partial<Pick<MailProgress, "isReplaced">>;

/** Whether nothing comes of a mail. */
export const hasFailed = ({ state }: Pick<MailProgress, "state">): boolean =>
  state === "refused" || state === "suppressed";

/** The next step for an address that a code goes to. */
export function nextStepOf(way: Way, helped: Helped): NextStep {
  if (way.isReplaced) return "wait";
  switch (way.state) {
    case "queued":
      return "wait";
    case "accepted":
    case "delivered":
      return "look-in-spam";
    case "delayed":
      return "wait-until";
    case "refused":
    case "suppressed":
      return helped.isNewAddress ? stepOfNew(way) : stepOfKnown(way, helped);
  }
}

function stepOfNew({ state, reason }: Way): NextStep {
  if (state === "suppressed") return "another-address";
  switch (reason) {
    case "no-mailbox":
      return "check-address";
    case "full":
      return "make-room";
    case "blocked":
    case "complaint":
      return "another-address";
    default:
      return "send-again";
  }
}

function stepOfKnown({ state, reason }: Way, { hasOther, canCall }: Helped): NextStep {
  if (hasOther) return "other-address";
  if (state === "refused" && reason === "full") return "make-room";
  const mayPass = reason === null || reason === "other" || reason === "contents";
  if (state === "refused" && mayPass) return "send-again";
  return canCall ? "call-us" : "recover";
}

const MINUTE = 60_000;

/**
 * After how many seconds whoever waits looks again by themselves: seldomer the longer nothing happened. What
 * was delivered may come back, and what was refused may be reported as unwanted, as long as the code counts.
 *
 * @returns null: nothing more is expected
 */
export function lookAgainSeconds(
  ways: readonly (Pick<MailProgress, "state" | "at" | "isLate"> &
    Partial<Pick<MailProgress, "isReplaced">>)[],
  now: Date,
): number | null {
  if (ways.every(({ state }) => state === "suppressed")) return null;
  if (ways.some(({ state, isReplaced }) => state === "queued" || isReplaced)) {
    return ways.some(({ isLate }) => isLate) ? 5 : 3;
  }
  const open = ways.filter((way) => way.state !== "delivered" && !hasFailed(way));
  if (open.length === 0) return 30;
  const newest = Math.max(...open.map(({ at }) => at?.getTime() ?? 0));
  const age = now.getTime() - newest;
  if (age < MINUTE) return 5;
  return age < 3 * MINUTE ? 15 : 30;
}
