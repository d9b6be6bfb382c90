import { findAudience } from "@/lib/account/change-store";
import { sendChallengeMail } from "@/lib/challenge/challenge-mail";
import { claimResend } from "@/lib/challenge/challenge-store";
import { judgePending } from "@/lib/challenge/judge-pending";
import type { Pending } from "@/lib/challenge/pending-store";
import { judgeResend } from "@/lib/challenge/rules/judge-resend";
import { addressesFor, type ResendTo } from "@/lib/challenge/rules/resend-to";
import { lockOf } from "@/lib/challenge/subject";
import { lockSubject } from "@/lib/db/locks";
import type { Database } from "@/lib/db/transaction";
import { maskEmail } from "@/lib/typed/mask-email";

/** What becomes of "Send the code again". `over`: no code may be typed any more, and the page explains it. */
export type SentAgain =
  /** Of an account: the addresses that it is mailed to, masked. Of an address that was typed: none. */
  | { kind: "sent"; to: string[] }
  | { kind: "too-early"; from: Date }
  | { kind: "too-often"; from: Date }
  | { kind: "over" };

/**
 * Mails the same code again, to the same mailboxes wherever the request comes from; its end does not move.
 * In the caller's transaction, which locked what `lockOf` names before it looked the challenge up.
 *
 * @param to the one address that it is asked for; null: all that the code goes to
 */
export async function sendAgain(
  tx: Database,
  pending: Pending,
  now: Date,
  to: ResendTo | null = null,
): Promise<SentAgain> {
  await lockSubject(tx, lockOf(pending));
  const { verdict: open } = judgePending(pending, now);
  // Of a second factor nothing is mailed, whoever asks for it.
  if (open.kind !== "admitted" || pending.asks !== "code") return { kind: "over" };
  const verdict = judgeResend({ now, ...pending });
  if (verdict.kind !== "send") return verdict;
  // Under the lock nobody else was first.
  if (!(await claimResend(tx, pending, now))) return { kind: "over" };
  if (pending.purpose !== "sign-in" && pending.purpose !== "widening") {
    await sendChallengeMail(tx, pending, now);
    return { kind: "sent", to: [] };
  }
  const { accountId, email, ip } = pending;
  const { further } = await findAudience(tx, { accountId, ip, before: now });
  const onlyTo = addressesFor(to, [email, ...further], maskEmail);
  await sendChallengeMail(tx, pending, now, onlyTo);
  return { kind: "sent", to: onlyTo.map(maskEmail) };
}
