import { endLinksTo } from "@/lib/contact/store";
import type { Database } from "@/lib/db/transaction";

const openAt = (now: Date) => ({ endedAt: null, expiresAt: { gt: now } });

/** The change of an account's contact e-mail that waits for confirmations, else null. */
export function findOpenEmailChange(database: Database, accountId: string, now: Date) {
  return database.emailChange.findFirst({
    where: { accountId, ...openAt(now) },
    orderBy: { createdAt: "desc" },
  });
}

/** One change of an account's contact e-mail, else null. */
export function findEmailChange(database: Database, filter: { id: string; accountId: string }) {
  return database.emailChange.findFirst({ where: filter });
}

/** Stores a change that is to be confirmed by both addresses. */
export function storeEmailChange(
  tx: Database,
  change: {
    accountId: string;
    oldEmail: string;
    newEmail: string;
    createdAt: Date;
    expiresAt: Date;
  },
) {
  return tx.emailChange.create({ data: change });
}

/** Ends the changes of an account that still wait, and their links; false when none did. */
export async function endEmailChanges(
  tx: Database,
  accountId: string,
  because: "cancelled" | "superseded",
  now: Date,
): Promise<boolean> {
  const ended = await tx.emailChange.updateManyAndReturn({
    where: { accountId, ...openAt(now) },
    data: { endedAt: now, endedBecause: because },
    select: { id: true },
  });
  const ids = ended.map(({ id }) => id);
  if (because === "superseded") await endLinksTo(tx, ids, now);
  return ids.length > 0;
}

/** Notes that one side has confirmed. */
export async function confirmSide(
  tx: Database,
  id: string,
  side: "old" | "new",
  now: Date,
): Promise<void> {
  await tx.emailChange.update({
    where: { id },
    data: side === "old" ? { oldConfirmedAt: now } : { newConfirmedAt: now },
  });
}

/** Ends one change. */
export async function endEmailChange(
  tx: Database,
  id: string,
  end: { because: "done" | "taken"; undoUntil?: Date },
  now: Date,
): Promise<void> {
  const { because, undoUntil } = end;
  await tx.emailChange.update({
    where: { id },
    data: { endedAt: now, endedBecause: because, ...(undoUntil ? { undoUntil } : {}) },
  });
}

/**
 * Undoes a done change and every one that came after it: whoever made the first made those too, and
 * the address in between must not bring itself back.
 */
export async function undoEmailChanges(
  tx: Database,
  first: { accountId: string; createdAt: Date },
  now: Date,
): Promise<void> {
  const { accountId, createdAt } = first;
  await tx.emailChange.updateMany({
    where: { accountId, endedBecause: "done", createdAt: { gte: createdAt } },
    data: { endedAt: now, endedBecause: "undone", undoUntil: null },
  });
}

/**
 * Gives an account another contact e-mail; the caller shuts out whoever was in by way of the one before.
 * A further address that becomes the contact e-mail is none any more.
 */
export async function storeEmail(tx: Database, accountId: string, email: string): Promise<void> {
  await tx.account.update({ where: { id: accountId }, data: { email } });
  await tx.furtherAddress.deleteMany({ where: { accountId, email } });
}
