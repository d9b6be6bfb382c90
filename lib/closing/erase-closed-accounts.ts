import { stopCasesOf } from "@/lib/cases/stop-cases";
import { nobody } from "@/lib/client/client";
import { requestFacts } from "@/lib/client/mail-facts";
import { readClock } from "@/lib/clock";
import { deleteAccount, findClosedAccount, findClosedAccounts } from "@/lib/closing/store";
import { isDatabaseDown } from "@/lib/db/database-down";
import { lockSubject } from "@/lib/db/locks";
import { database, inTransaction } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { enqueueMail } from "@/lib/mail/outbox";
import { NOTICE_USEFUL_DAYS } from "@/lib/mail/rules/limits";
import { afterDays } from "@/lib/moments";

/**
 * Erases the accounts whose 14 days are over, and notifies their owners. Safe to run twice at once. One
 * that cannot be erased keeps no other from its end: it is tried again by the next run.
 */
export async function eraseClosedAccounts(): Promise<void> {
  for (const id of await findClosedAccounts(database, readClock())) {
    try {
      await eraseClosedAccount(id);
    } catch (error) {
      if (isDatabaseDown(error)) throw error;
      log.warn(
        { error, accountId: id },
        "A closed account could not be erased and is tried again.",
      );
    }
  }
}

function eraseClosedAccount(id: string): Promise<void> {
  return inTransaction(async (tx) => {
    await lockSubject(tx, id);
    const now = readClock();
    const account = await findClosedAccount(tx, id, now);
    if (account === null) return;
    await stopCasesOf(tx, id, now);
    await deleteAccount(tx, account);
    const { email, locale, timeZone } = account;
    await enqueueMail(tx, {
      kind: "account-closed",
      accountId: null,
      recipient: email,
      locale,
      timeZone,
      facts: requestFacts(email, nobody, now),
      usefulUntil: afterDays(now, NOTICE_USEFUL_DAYS),
    });
    log.info({ accountId: id }, "a closed account was erased");
  });
}
