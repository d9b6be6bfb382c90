import type { Database } from "@/lib/db/transaction";
import type { PasswordOffCause } from "@/lib/sign-in/rules/judge-sign-in";

/** A link "that was not me" with its account, else null. */
export function findNotMeLink(database: Database, id: string) {
  return database.accountLink.findFirst({
    where: { id, purpose: "not-me" },
    include: { account: { select: { id: true, email: true, locale: true, timeZone: true } } },
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

/**
 * One press uses up every link "that was not me" of an account.
 *
 * @param except changes of the contact e-mail whose old address keeps its link
 */
export async function endNotMeLinks(
  tx: Database,
  accountId: string,
  except: string[],
  now: Date,
): Promise<void> {
  await tx.accountLink.updateMany({
    where: {
      accountId,
      purpose: "not-me",
      endedAt: null,
      OR: [{ targetId: null }, { targetId: { notIn: except } }],
    },
    data: { endedAt: now, endedBecause: "used" },
  });
}

/**
 * Switches the password off and takes a closing back. The password counts as changed, so that whoever
 * has proven it in this very moment is not let in.
 */
export async function switchPasswordOff(
  tx: Database,
  accountId: string,
  because: PasswordOffCause,
  now: Date,
): Promise<void> {
  await tx.account.update({
    where: { id: accountId },
    data: {
      passwordOffAt: now,
      passwordOffBecause: because,
      passwordChangedAt: now,
      closeAskedAt: null,
      closesAt: null,
    },
  });
}

/** Takes away a further address that is not the customer's; it may be gone already. */
export async function dropAddress(tx: Database, accountId: string, id: string): Promise<void> {
  await tx.furtherAddress.deleteMany({ where: { id, accountId } });
}
