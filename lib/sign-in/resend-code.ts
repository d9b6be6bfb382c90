import { type DoorPending, findPending, type PendingCookie } from "@/lib/challenge/pending-store";
import { type SentAgain, sendAgain } from "@/lib/challenge/send-again";
import { withPending } from "@/lib/challenge/with-pending";

/** What becomes of "Send the code again". `over` is a pending sign-in that `/verify` explains. */
export type ResendOutcome = SentAgain | { kind: "no-pending" };

/** Mails the code of this browser's pending sign-in or sign-up again (contract, "Settled"). */
export function resendCode(cookie: PendingCookie | null): Promise<ResendOutcome> {
  return withPending<ResendOutcome, DoorPending>(cookie, findPending, { locked: sendAgain });
}
