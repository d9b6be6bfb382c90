import { sendChallengeMail } from "@/lib/challenge/challenge-mail";
import {
  claimResend,
  findAttempts,
  findPending,
  type PendingCookie,
  subjectOf,
} from "@/lib/challenge/challenge-store";
import { pendingFacts } from "@/lib/challenge/judge-pending";
import { judgeTry } from "@/lib/challenge/rules/judge-code";
import { judgeResend } from "@/lib/challenge/rules/judge-resend";
import { now } from "@/lib/clock";
import { database, inTransaction, lockSubject } from "@/lib/sign-in/store";

/** What becomes of "Send the code again". `over` is a pending sign-in that `/verify` explains. */
export type ResendOutcome =
  | { kind: "sent" }
  | { kind: "too-early"; from: Date }
  | { kind: "too-often"; from: Date }
  | { kind: "over" }
  | { kind: "no-pending" };

/** Mails the same code again; its end does not move (contract, "Settled"). */
export async function resendCode(cookie: PendingCookie | null): Promise<ResendOutcome> {
  if (cookie === null) return { kind: "no-pending" };
  const at = now();
  const found = await findPending(database, cookie, at);
  if (found === null) return { kind: "no-pending" };
  return inTransaction(async (tx) => {
    await lockSubject(tx, subjectOf(found));
    const pending = await findPending(tx, cookie, at);
    if (pending === null) return { kind: "no-pending" };
    const record = await findAttempts(tx, subjectOf(pending), pending.place);
    // The mail goes to the same mailbox wherever the request comes from.
    const open = judgeTry(pendingFacts(pending, record, at));
    if (open.kind !== "admitted") return { kind: "over" };
    const verdict = judgeResend({ now: at, ...pending });
    if (verdict.kind !== "send") return verdict;
    await claimResend(tx, pending, at);
    await sendChallengeMail(tx, pending, at);
    return { kind: "sent" };
  });
}
