import { type DoorPending, findPending, type PendingCookie } from "@/lib/challenge/pending-store";
import { readResendTo } from "@/lib/challenge/rules/resend-to";
import { type SentAgain, sendAgain } from "@/lib/challenge/send-again";
import { withPending } from "@/lib/challenge/with-pending";

/** What becomes of "Send the code again". `over` is a pending sign-in that `/verify` explains. */
export type ResendOutcome = SentAgain | { kind: "no-pending" };

/**
 * Mails the code of this browser's pending sign-in or sign-up again (contract, "Settled").
 *
 * @param named what the pressed button says of the one address that it is for; null: all that the code goes to
 */
export function resendCode(
  cookie: PendingCookie | null,
  named: string | null = null,
): Promise<ResendOutcome> {
  return withPending<ResendOutcome, DoorPending>(cookie, findPending, {
    locked: (tx, pending, now) => sendAgain(tx, pending, now, readResendTo(named)),
  });
}
