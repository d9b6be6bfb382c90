import { allBut, shutOut } from "@/lib/access/shut-out";
import { findAddressHolder } from "@/lib/account/address-holder-store";
import { findNotifiedAccount } from "@/lib/account/change-store";
import { recordChange } from "@/lib/account/record-change";
import type { Client } from "@/lib/client/client";
import { endEmailChange, findEmailChange, storeEmail } from "@/lib/contact/email-change-store";
import { EMAIL_UNDO_DAYS } from "@/lib/contact/rules/limits";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import type { Database } from "@/lib/db/transaction";
import { afterDays } from "@/lib/moments";

/**
 * Changes the contact e-mail once both addresses have confirmed, in the caller's transaction and under
 * the locks of the new address and of the account. The old one is notified, and kept free for 7
 * days in which it may undo this.
 */
export async function completeEmailChange(
  tx: Database,
  which: { id: string; accountId: string },
  client: Client,
  now: Date,
): Promise<void> {
  const { id, accountId } = which;
  const change = await findEmailChange(tx, which);
  if (!change?.oldConfirmedAt || !change.newConfirmedAt || change.endedAt !== null) return;
  const { oldEmail, newEmail } = change;
  await lockSubject(tx, subjects.signUp(newEmail));
  const holder = await findAddressHolder(tx, newEmail, now);
  if (holder !== null && holder.id !== accountId) {
    await endEmailChange(tx, id, { because: "taken" }, now);
    return;
  }
  await storeEmail(tx, accountId, newEmail);
  // What was sent to the one before.
  const keep = { ways: allBut("pendingCodes", "resetLinks") };
  await shutOut(tx, accountId, { because: "email-changed", keep, now });
  await endEmailChange(
    tx,
    id,
    { because: "done", undoUntil: afterDays(now, EMAIL_UNDO_DAYS) },
    now,
  );
  const account = await findNotifiedAccount(tx, accountId);
  await recordChange(tx, {
    kind: "email-changed",
    notified: { ...account, accountId, email: newEmail },
    client,
    now,
    about: { address: newEmail, addressBefore: oldEmail },
    undo: { kind: "email-change", emailChangeId: id },
    alsoTo: [oldEmail],
  });
}
