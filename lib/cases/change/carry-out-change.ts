import { factors, shutOut } from "@/lib/access/shut-out";
import { recordCaseActivity, senderOf } from "@/lib/cases/case-activity";
import { findConfirmedAddresses, findOtherLiveCases } from "@/lib/cases/change/carry-out-store";
import { notifyApplicant, notifyOwner } from "@/lib/cases/notify-of-case";
import { caseSubject, changeCase, type FoundCase, findCase } from "@/lib/cases/store";
import { storeEmail } from "@/lib/contact/email-change-store";
import { lockSubject } from "@/lib/db/locks";
import type { Database } from "@/lib/db/transaction";
import { sendResetLink } from "@/lib/recovery/send-reset-link";

/** A case whose change can be carried out. */
export type ChangingCase = FoundCase & {
  accountId: string;
  newEmail: string;
  account: NonNullable<FoundCase["account"]>;
};

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
  await supersedeOthers(tx, found, now);
  const about = { address: newEmail, addressBefore: account.email };
  await recordCaseActivity(tx, done, { kind: "email-recovered", about, now });
  const also = [account.email, ...further];
  await notifyOwner(tx, "case-changed", done, owner, { now, also });
  await notifyApplicant(tx, "case-done", done, { now });
  await sendResetLink(tx, { ...owner, locale: found.locale }, senderOf(found), now);
}

async function supersedeOthers(tx: Database, found: ChangingCase, now: Date): Promise<void> {
  const { id, accountId } = found;
  for (const other of await findOtherLiveCases(tx, { accountId, except: id })) {
    await lockSubject(tx, caseSubject(other));
    const present = await findCase(tx, other);
    if (present === null) continue;
    const ended = await changeCase(tx, present, { state: "superseded", endedAt: now });
    await notifyApplicant(tx, "case-stopped", ended, { now });
  }
}
