import { sendChallengeMail } from "@/lib/challenge/challenge-mail";
import { claimResend } from "@/lib/challenge/challenge-store";
import { judgePending } from "@/lib/challenge/judge-pending";
import type { Pending } from "@/lib/challenge/pending-store";
import { judgeResend } from "@/lib/challenge/rules/judge-resend";
import { lockOf } from "@/lib/challenge/subject";
import { lockSubject } from "@/lib/db/locks";
import type { Database } from "@/lib/db/transaction";

/** What becomes of "Send the code again". `over`: no code may be typed any more, and the page explains it. */
export type SentAgain =
  | { kind: "sent" }
  | { kind: "too-early"; from: Date }
  | { kind: "too-often"; from: Date }
  | { kind: "over" };

/**
 * Mails the same code again, to the same mailbox wherever the request comes from; its end does not move.
 * In the caller's transaction, which locked what `lockOf` names before it looked the challenge up.
 */
export async function sendAgain(tx: Database, pending: Pending, now: Date): Promise<SentAgain> {
  await lockSubject(tx, lockOf(pending));
  const { verdict: open } = judgePending(pending, now);
  // Of a second factor nothing is mailed, whoever asks for it.
  if (open.kind !== "admitted" || pending.asks !== "code") return { kind: "over" };
  const verdict = judgeResend({ now, ...pending });
  if (verdict.kind !== "send") return verdict;
  // Under the lock nobody else was first.
  if (!(await claimResend(tx, pending, now))) return { kind: "over" };
  await sendChallengeMail(tx, pending, now);
  return { kind: "sent" };
}
