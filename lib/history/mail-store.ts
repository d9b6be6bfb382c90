import type { Database } from "@/lib/db/transaction";
import type { Prisma } from "@/lib/generated/prisma/client";

/**
 * The mails since a moment, the latest first: those to an account, with those to whoever asked for
 * another mailbox of it, or the latter of one case.
 */
export async function findMails(
  database: Database,
  which: ({ accountId: string } | { caseId: string }) & { since: Date; limit: number },
) {
  if ("caseId" in which) return findMailsOf(database, ofCases([which.caseId]), which);
  const { accountId, limit } = which;
  const sent = await database.recoveryCase.findMany({
    where: { accountId, sentAt: { not: null } },
    select: { id: true },
  });
  const cases = sent.map(({ id }) => id);
  const own = await findMailsOf(database, { accountId }, which);
  if (cases.length === 0) return own;
  // Each by its index: with an OR the planner looks for both among everybody's latest.
  const toApplicants = await findMailsOf(database, ofCases(cases), which);
  const every = new Map([...own, ...toApplicants].map((mail) => [mail.id, mail]));
  return [...every.values()]
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1))
    .slice(0, limit);
}

const ofCases = (cases: string[]) => ({ linkType: "case", linkRowId: { in: cases } });

function findMailsOf(
  database: Database,
  whose: Prisma.MailWhereInput,
  { since, limit }: { since: Date; limit: number },
) {
  return database.mail.findMany({
    where: { ...whose, createdAt: { gt: since } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit,
    select: listed,
  });
}

/** What is listed of a mail. */
export const listed = {
  id: true,
  kind: true,
  recipient: true,
  facts: true,
  state: true,
  attempts: true,
  nextTryAt: true,
  lastError: true,
  createdAt: true,
  sentAt: true,
  changes: {
    select: {
      ...{ state: true, at: true, source: true, channel: true },
      ...{ reason: true, status: true, words: true },
    },
  },
} as const satisfies Prisma.MailSelect;

/** A stored mail, as far as support sees it. */
export type MailRow = Prisma.MailGetPayload<{ select: typeof listed }>;

/** Mails by their ids, in no order. */
export function findMailsById(database: Database, ids: string[]): Promise<MailRow[]> {
  return database.mail.findMany({ where: { id: { in: ids } }, select: listed });
}

/** The newest mails to an account alone. */
export const findOwnMails = (
  database: Database,
  { accountId, ...which }: { accountId: string; since: Date; limit: number },
): Promise<MailRow[]> => findMailsOf(database, { accountId }, which);

/** The mails with the codes of sign-ins to an account that began at some moments; the oldest first. */
export function findCodeMailsOf(
  database: Database,
  { accountId, moments, since }: { accountId: string; moments: readonly Date[]; since: Date },
): Promise<MailRow[]> {
  return database.mail.findMany({
    where: {
      ...{ accountId, kind: "sign-in-code", createdAt: { gte: since } },
      OR: moments.map((at) => ({ facts: { path: ["at"], equals: at.toISOString() } })),
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: listed,
  });
}
