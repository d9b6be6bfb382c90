import type { MailProgress } from "@/lib/mail/rules/mail-state";

/** The one thing that helps whoever waits for a code, as far as its mail has come. */
export type NextStep =
  | "wait"
  /** It should have left: nothing but a later try is left to whoever cannot wait. */
  | "try-later"
  | "look-in-spam"
  | "wait-until"
  | "other-address"
  | "make-room"
  /** As often as it may, the code went already: a new one takes a new start. */
  | "make-room-anew"
  | "send-again"
  | "start-anew"
  | "check-address"
  | "another-address"
  | "call-us"
  | "write-to-us"
  | "recover";

/** Whose code it is, as far as that says what helps. */
export type Helped = {
  /** Whether the address is one that was just typed, and not yet of any account. */
  isNewAddress: boolean;
  /** Whether the same code goes to another address, which takes it. */
  hasOther: boolean;
  /** How support can be reached. */
  contact: "phone" | "email" | null;
  /** Whether the code may still be sent again. */
  canResend: boolean;
};

type Way = Pick<MailProgress, "state" | "reason" | "isLate"> &
  Partial<Pick<MailProgress, "isReplaced">>;

/** Whether nothing comes of a mail. */
export const hasFailed = ({ state }: Pick<MailProgress, "state">): boolean =>
  state === "refused" || state === "suppressed";

/** The next step for an address that a code goes to. */
export function nextStepOf(way: Way, helped: Helped): NextStep {
  if (way.isReplaced) return way.isLate ? "try-later" : "wait";
  switch (way.state) {
    case "queued":
      return way.isLate ? "try-later" : "wait";
    case "accepted":
    case "delivered":
      return "look-in-spam";
    case "delayed":
      return "wait-until";
    case "refused":
    case "suppressed":
      return helped.isNewAddress ? stepOfNew(way, helped) : stepOfKnown(way, helped);
  }
}

const makeRoom = ({ canResend }: Helped): NextStep => (canResend ? "make-room" : "make-room-anew");

const sendAgain = ({ canResend }: Helped): NextStep => (canResend ? "send-again" : "start-anew");

function stepOfNew({ state, reason }: Way, helped: Helped): NextStep {
  if (state === "suppressed") return "another-address";
  switch (reason) {
    case "no-mailbox":
      return "check-address";
    case "full":
      return makeRoom(helped);
    case "blocked":
    case "complaint":
      return "another-address";
    default:
      return sendAgain(helped);
  }
}

function stepOfKnown({ state, reason }: Way, helped: Helped): NextStep {
  if (helped.hasOther) return "other-address";
  if (state === "refused" && reason === "full") return makeRoom(helped);
  const mayPass = reason === null || reason === "other" || reason === "contents";
  if (state === "refused" && mayPass) return sendAgain(helped);
  switch (helped.contact) {
    case "phone":
      return "call-us";
    case "email":
      return "write-to-us";
    case null:
      return "recover";
  }
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
