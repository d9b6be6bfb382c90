import type { Prisma } from "@/lib/generated/prisma/client";
import type { Database } from "@/lib/sign-in/store";

/** The account of a case as it is now, as far as pages and mails need it. */
const account = {
  select: {
    id: true,
    email: true,
    name: true,
    locale: true,
    timeZone: true,
    role: true,
    passwordChangedAt: true,
  },
} as const;

/** A case with its account; null where there is none, or none any more. */
export function findCase(database: Database, id: string) {
  return database.recoveryCase.findUnique({ where: { id }, include: { account } });
}

/** A case with its account. */
export type FoundCase = NonNullable<Awaited<ReturnType<typeof findCase>>>;

/**
 * Changes a case and counts its version up, so that nobody decides on what they have not seen. Under
 * the lock of the case.
 *
 * @returns the case as it is now; null when its version was another one
 */
export async function changeCase(
  tx: Database,
  found: { id: string; version: number },
  data: Prisma.RecoveryCaseUncheckedUpdateManyInput,
): Promise<FoundCase | null> {
  const { id, version } = found;
  const changed = await tx.recoveryCase.updateMany({
    where: { id, version },
    data: { ...data, version: { increment: 1 } },
  });
  return changed.count === 1 ? findCase(tx, id) : null;
}

/** The subject by which decisions about a case are kept apart; locked after the account's own. */
export const caseSubject = (id: string) => `case:${id}`;

/** The sent case that somebody names by its number and the address it is for, else null. */
export function findCaseByNumber(
  database: Database,
  named: { reference: string; newEmail: string },
): Promise<{ id: string; secretId: string } | null> {
  return database.recoveryCase.findFirst({
    where: { ...named, state: { not: "draft" } },
    select: { id: true, secretId: true },
  });
}

/** How many cases of an account are in one of some states. */
export function countCases(
  database: Database,
  accountId: string,
  states: readonly string[],
): Promise<number> {
  return database.recoveryCase.count({ where: { accountId, state: { in: [...states] } } });
}

/** Uses up every link by which a case can be objected to. */
export async function endObjectLinks(tx: Database, caseId: string, now: Date): Promise<void> {
  await tx.accountLink.updateMany({
    where: { targetId: caseId, purpose: "object-case", endedAt: null },
    data: { endedAt: now, endedBecause: "used" },
  });
}
