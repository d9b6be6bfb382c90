import type { Database } from "@/lib/db/transaction";

/** A link "that was not me" with its account, else null. */
export function findNotMeLink(database: Database, id: string) {
  return database.accountLink.findFirst({
    where: { id, purpose: "not-me" },
    include: {
      account: {
        select: { id: true, email: true, locale: true, timeZone: true, passwordChangedAt: true },
      },
    },
  });
}

/** The changes of an account's contact e-mail that their old addresses may still undo. */
export async function findUndoableChanges(
  database: Database,
  accountId: string,
  now: Date,
): Promise<string[]> {
  const changes = await database.emailChange.findMany({
    where: { accountId, endedBecause: "done", undoUntil: { gt: now } },
    select: { id: true },
  });
  return changes.map(({ id }) => id);
}

/** Takes away a further address that is not the customer's; it may be gone already. */
export async function dropAddress(tx: Database, accountId: string, id: string): Promise<void> {
  await tx.furtherAddress.deleteMany({ where: { id, accountId } });
}

/** What the account's live links "that was not me" are about, the oldest first, as they keep it. */
export async function findLiveNotified(
  database: Database,
  accountId: string,
  now: Date,
): Promise<unknown[]> {
  const links = await database.accountLink.findMany({
    where: { accountId, purpose: "not-me", endedAt: null, expiresAt: { gt: now } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { toldOf: true },
  });
  return links.map(({ toldOf }) => toldOf);
}
