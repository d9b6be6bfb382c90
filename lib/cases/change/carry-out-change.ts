import { factors, shutOut } from "@/lib/access/shut-out";
import { recordCaseActivity, senderOf } from "@/lib/cases/case-activity";
import { findConfirmedAddresses } from "@/lib/cases/change/carry-out-store";
import type { CaseOfAccount } from "@/lib/cases/change/end-factors";
import { supersedeOthers } from "@/lib/cases/change/supersede-others";
import { notifyApplicant, notifyOwner } from "@/lib/cases/notify-of-case";
import { changeCase } from "@/lib/cases/store";
import { storeEmail } from "@/lib/contact/email-change-store";
import type { Database } from "@/lib/db/transaction";
import { sendResetLink } from "@/lib/recovery/send-reset-link";

/** A case whose change can be carried out. */
export type ChangingCase = CaseOfAccount & { newEmail: string };

/**
 * Gives an account the contact e-mail that was asked for, in the caller's transaction and under the
 * locks of account, case and new address. Whoever has the old mailboxes, or was in by way of them, is
 * out: nothing that was mailed there, set from there or trusted because of it does anything any more.
 */
export async function changeEmailByCase(
  tx: Database,
  found: ChangingCase,
  now: Date,
): Promise<void> {
  const { accountId, account, newEmail } = found;
  const owner = { ...account, email: newEmail };
  const further = await findConfirmedAddresses(tx, accountId);
  await shutOut(tx, accountId, { because: "case", keep: { ways: factors }, now });
  await storeEmail(tx, accountId, newEmail);
  const done = await changeCase(tx, found, { state: "done", endedAt: now });
  await supersedeOthers(tx, { id: found.id, accountId }, now);
  const about = { address: newEmail, addressBefore: account.email };
  await recordCaseActivity(tx, done, { kind: "email-recovered", about, now });
  const also = [account.email, ...further];
  await notifyOwner(tx, "case-changed", done, owner, { now, also });
  await notifyApplicant(tx, "case-done", done, { now });
  await sendResetLink(tx, { ...owner, locale: found.locale }, senderOf(found), now);
}
