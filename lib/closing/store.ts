import type { Database } from "@/lib/db/transaction";
import { hashedAddress } from "@/lib/rate-limit/rate-window";

/** Notes when an account ends; false when that was asked for before, and its end does not move. */
export async function storeClosing(
  tx: Database,
  accountId: string,
  moment: { askedAt: Date; closesAt: Date },
): Promise<boolean> {
  const { askedAt: closeAskedAt, closesAt } = moment;
  const asked = await tx.account.updateMany({
    where: { id: accountId, closesAt: null },
    data: { closeAskedAt, closesAt },
  });
  return asked.count === 1;
}

/** Takes a closing back; false when none was asked for. */
export async function dropClosing(tx: Database, accountId: string): Promise<boolean> {
  const kept = await tx.account.updateMany({
    where: { id: accountId, closesAt: { not: null } },
    data: { closeAskedAt: null, closesAt: null },
  });
  return kept.count === 1;
}

/** The accounts whose time is over. */
export async function findClosedAccounts(database: Database, now: Date): Promise<string[]> {
  const found = await database.account.findMany({
    where: { closesAt: { lte: now } },
    select: { id: true },
  });
  return found.map(({ id }) => id);
}

/** An account whose time is over, else null: the customer may have kept it in the last moment. */
export function findClosedAccount(tx: Database, id: string, now: Date) {
  return tx.account.findFirst({
    where: { id, closesAt: { lte: now } },
    select: { id: true, email: true, locale: true, timeZone: true },
  });
}

/** Deletes an account and everything that names it or its address. */
export async function deleteAccount(
  tx: Database,
  account: { id: string; email: string },
): Promise<void> {
  const { id, email } = account;
  const further = await tx.furtherAddress.findMany({ where: { accountId: id } });
  const subjects = [id, `widening:${id}`, `sign-up:${email}`];
  await tx.codeAttempts.deleteMany({ where: { subject: { in: subjects } } });
  const hash = hashedAddress(email);
  const counts = [hash, `reset/address/${hash}`, `cases/address/${hash}`];
  await tx.rateWindow.deleteMany({ where: { subject: { in: counts } } });
  await tx.challenge.deleteMany({ where: { email, accountId: null } });
  const recipients = [email, ...further.map((one) => one.email)];
  await tx.mailboxMessage.deleteMany({ where: { recipient: { in: recipients } } });
  await tx.account.delete({ where: { id } });
}
