import { withNetwork } from "@/lib/challenge/with-network";
import { codeSubjectsOf } from "@/lib/db/subjects";
import type { Database } from "@/lib/db/transaction";

/** An account as support's page and acts need it, else null. */
export function findCustomer(database: Database, id: string) {
  return database.account.findUnique({
    where: { id, isCanary: false },
    select: {
      id: true,
      email: true,
      name: true,
      locale: true,
      timeZone: true,
      role: true,
      passwordOffAt: true,
      passwordOffBecause: true,
      phone: true,
      phoneChangedAt: true,
      supportPinUses: true,
      closesAt: true,
      createdAt: true,
    },
  });
}

/** An account as support's page and acts need it. */
export type Customer = NonNullable<Awaited<ReturnType<typeof findCustomer>>>;

/** The role an account has at this moment; null: it is gone. */
export async function findRole(database: Database, id: string): Promise<string | null> {
  const found = await database.account.findUnique({ where: { id }, select: { role: true } });
  return found?.role ?? null;
}

/** The blocks of an account that hold now, the latest first. */
export async function findBlocks(database: Database, accountId: string, now: Date) {
  const rows = await database.codeAttempts.findMany({
    where: { subject: { in: codeSubjectsOf(accountId) }, blockedUntil: { gt: now } },
    orderBy: [{ blockedAt: "desc" }, { place: "asc" }],
  });
  return rows.map(withNetwork);
}

/** A block of sign-in to an account, by its reference, whether it holds or not; else null. */
export async function findBlockByReference(
  database: Database,
  accountId: string,
  reference: string,
) {
  const row = await database.codeAttempts.findFirst({
    where: { subject: accountId, blockReference: reference },
  });
  return row && withNetwork(row);
}

/** Whose wrong codes led to the block with a reference; null: there is none. */
export async function findSubjectOfBlock(
  database: Database,
  reference: string,
): Promise<string | null> {
  const row = await database.codeAttempts.findUnique({
    where: { blockReference: reference },
    select: { subject: true },
  });
  return row?.subject ?? null;
}

/** Sign-ins to an account that wait for their code now, or may go on without one, the latest first. */
export function findPendingSignIns(database: Database, accountId: string, now: Date) {
  return database.challenge.findMany({
    where: {
      accountId,
      purpose: "sign-in",
      endedAt: null,
      OR: [{ expiresAt: { gt: now } }, { passUntil: { gt: now } }],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: {
      id: true,
      reference: true,
      ip: true,
      userAgent: true,
      createdAt: true,
      expiresAt: true,
      passUntil: true,
      passBecause: true,
      asks: true,
    },
  });
}

/** A sign-in to an account by what the caller reads out or by its id, whatever became of it; else null. */
export async function findCalledSignIn(
  database: Database,
  accountId: string,
  which: { reference: string } | { id: string },
) {
  const filter = { accountId, purpose: "sign-in", ...which };
  const row = await database.challenge.findFirst({ where: filter });
  return row && withNetwork(row);
}

/** Lets a sign-in go on without its code until a moment. */
export async function storePass(tx: Database, id: string, passUntil: Date): Promise<void> {
  await tx.challenge.update({ where: { id }, data: { passUntil, passBecause: "hotline" } });
}

/** The cases of an account that were sent, the latest first: staff see no drafts. */
export function findCases(database: Database, accountId: string) {
  return database.recoveryCase.findMany({
    where: { accountId, sentAt: { not: null } },
    orderBy: [{ sentAt: "desc" }, { id: "desc" }],
    select: { id: true, reference: true, state: true, sentAt: true },
  });
}
