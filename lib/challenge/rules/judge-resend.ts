import { RESENDS_PER_SIGN_IN, SECONDS_BETWEEN_MAILS } from "@/lib/challenge/rules/limits";
import { afterSeconds } from "@/lib/moments";

/** Whether the code of an open sign-in is mailed again. */
export type ResendVerdict =
  | { kind: "send" }
  | { kind: "too-early"; from: Date }
  | { kind: "too-often"; from: Date };

/** Whether a code was not yet mailed as often as it may be. */
export const hasResendsLeft = ({ mailsSent }: { mailsSent: number }): boolean =>
  mailsSent <= RESENDS_PER_SIGN_IN;

/**
 * Contract, "Settled": the same code, at most 3 times a sign-in, 30 seconds apart, counted from the
 * last mail, the first included. When it was sent too often, only the code's end opens a new one.
 */
export function judgeResend(facts: {
  now: Date;
  mailsSent: number;
  lastMailAt: Date;
  expiresAt: Date;
}): ResendVerdict {
  if (!hasResendsLeft(facts)) return { kind: "too-often", from: facts.expiresAt };
  const from = afterSeconds(facts.lastMailAt, SECONDS_BETWEEN_MAILS);
  return from > facts.now ? { kind: "too-early", from } : { kind: "send" };
}
