import { ASKED_PER_HOUR } from "@/lib/contact/rules/limits";
import { countKeys } from "@/lib/db/subjects";
import type { Database } from "@/lib/db/transaction";
import { afterHours } from "@/lib/moments";
import { countRequest } from "@/lib/rate-limit/rate-window";

/** The further addresses of an account that are confirmed or may still be, oldest first. */
export function findAddresses(database: Database, accountId: string, now: Date) {
  return database.furtherAddress.findMany({
    where: { accountId, OR: [{ confirmedAt: { not: null } }, { expiresAt: { gt: now } }] },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

/** A further address of an account, else null. */
export function findAddress(database: Database, filter: { id: string; accountId: string }) {
  return database.furtherAddress.findFirst({ where: filter });
}

/** Stores a further address that is still to be confirmed; a lapsed request for the same one goes. */
export async function storeAddress(
  tx: Database,
  address: { accountId: string; email: string; createdAt: Date; expiresAt: Date },
): Promise<string> {
  const { accountId, email } = address;
  await tx.furtherAddress.deleteMany({ where: { accountId, email, confirmedAt: null } });
  const { id } = await tx.furtherAddress.create({ data: address, select: { id: true } });
  return id;
}

/** Gives an unconfirmed address more time. */
export async function extendAddress(tx: Database, id: string, expiresAt: Date): Promise<void> {
  await tx.furtherAddress.update({ where: { id }, data: { expiresAt } });
}

/** Notes that an address was confirmed. */
export async function confirmAddress(tx: Database, id: string, now: Date): Promise<void> {
  await tx.furtherAddress.update({ where: { id }, data: { confirmedAt: now } });
}

/** Deletes a further address and ends what asks to confirm it. */
export async function deleteAddress(tx: Database, id: string, now: Date): Promise<void> {
  await endLinksTo(tx, [id], now);
  await tx.furtherAddress.delete({ where: { id } });
}

/**
 * Whether a further address was removed from an account by its id: its row is gone, the activity
 * shows it.
 */
export async function wasAddressRemoved(
  database: Database,
  filter: { id: string; accountId: string },
): Promise<boolean> {
  const { id, accountId } = filter;
  const about = { path: ["rowId"], equals: id };
  return (
    (await database.activity.count({ where: { accountId, kind: "address-removed", about } })) > 0
  );
}

/** How many requests to confirm a further address, or to change the e-mail, an account made in an hour. */
export async function countAsked(
  database: Database,
  accountId: string,
  what: "address" | "email-change",
  now: Date,
): Promise<number> {
  const since = { createdAt: { gt: afterHours(now, -1) } };
  return what === "email-change"
    ? database.emailChange.count({ where: { accountId, ...since } })
    : database.accountLink.count({ where: { accountId, purpose: "confirm-address", ...since } });
}

/**
 * Counts one more mail that asks somebody at an address to confirm something, by whichever account: many
 * accounts together fill no stranger's mailbox.
 *
 * @returns false where there were too many within the hour, and none is to be sent
 */
export async function countRequestTo(tx: Database, email: string, now: Date): Promise<boolean> {
  const limit = { ...countKeys.requestsTo(email), limit: ASKED_PER_HOUR };
  return (await countRequest(tx, [limit], now)).kind === "admitted";
}

/** Ends the links that ask to confirm something. */
export async function endLinksTo(tx: Database, targetIds: string[], now: Date): Promise<void> {
  await tx.accountLink.updateMany({
    where: { targetId: { in: targetIds }, endedAt: null },
    data: { endedAt: now, endedBecause: "superseded" },
  });
}
