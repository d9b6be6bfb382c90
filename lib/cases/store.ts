import type { Lost } from "@/lib/cases/rules/lost";
import { subjects } from "@/lib/db/subjects";
import type { Database } from "@/lib/db/transaction";
import type { Prisma } from "@/lib/generated/prisma/client";

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
 * Changes a case and counts its version up, so that nobody decides on what they have not seen. Throws
 * where it is not as it was found: that was not done under its lock.
 *
 * @returns the case as it is now
 */
export async function changeCase(
  tx: Database,
  found: { id: string; version: number },
  data: Prisma.RecoveryCaseUncheckedUpdateManyInput,
): Promise<FoundCase> {
  const { id, version } = found;
  const changed = await tx.recoveryCase.updateMany({
    where: { id, version },
    data: { ...data, version: { increment: 1 } },
  });
  const now = changed.count === 1 ? await findCase(tx, id) : null;
  if (now === null) throw new Error("A case changed under its lock.");
  return now;
}

/** The subject by which decisions about a case are kept apart; locked after the account's own. */
export const caseSubject = subjects.case;

/**
 * The sent case that somebody names by its number and the address it is for: the new one, or the account's
 * own where a second factor is lost. Else null.
 */
export function findCaseByNumber(
  database: Database,
  named: { reference: string; email: string },
): Promise<{ id: string; secretId: string } | null> {
  return database.recoveryCase.findFirst({
    where: {
      reference: named.reference,
      state: { not: "draft" },
      OR: [
        { lost: "mailbox" satisfies Lost, newEmail: named.email },
        { lost: "second-factor" satisfies Lost, accountEmail: named.email },
      ],
    },
    select: { id: true, secretId: true },
  });
}

/** Uses up every link by which a case can be objected to. */
export async function endObjectLinks(tx: Database, caseId: string, now: Date): Promise<void> {
  await tx.accountLink.updateMany({
    where: { targetId: caseId, purpose: "object-case", endedAt: null },
    data: { endedAt: now, endedBecause: "used" },
  });
}

/** Every case of an account, drafts included. */
export function findCasesOf(database: Database, accountId: string): Promise<FoundCase[]> {
  return database.recoveryCase.findMany({ where: { accountId }, include: { account } });
}

/** Deletes what names a case's people elsewhere: its mails, codes and counts of wrong ones. */
export async function forgetCaseTraces(
  tx: Database,
  found: { id: string; newEmail: string | null },
): Promise<void> {
  const { id: caseId, newEmail } = found;
  const codes = await tx.challenge.findMany({ where: { caseId }, select: { id: true } });
  const mails = await tx.mail.findMany({
    where: {
      OR: [
        { linkType: "case", linkRowId: caseId },
        { challengeId: { in: codes.map(({ id }) => id) } },
      ],
    },
    select: { id: true },
  });
  const mailed = { id: { in: mails.map(({ id }) => id) } };
  await tx.mail.deleteMany({ where: mailed });
  await tx.mailboxMessage.deleteMany({ where: mailed });
  await tx.challenge.deleteMany({ where: { caseId } });
  if (newEmail === null) return;
  await tx.codeAttempts.deleteMany({ where: { subject: subjects.newAddress(newEmail) } });
}

/** Takes a case off its account and ends it; what is left of it names nobody. */
export async function detachCase(tx: Database, id: string, now: Date): Promise<void> {
  await tx.caseDocument.deleteMany({ where: { caseId: id } });
  await tx.caseDecision.deleteMany({ where: { caseId: id } });
  await tx.recoveryCase.update({
    where: { id },
    data: {
      accountId: null,
      accountEmail: "",
      newEmail: null,
      newEmailConfirmedAt: null,
      whatHappened: null,
      moreAsked: null,
      answerBy: null,
      refusedBecause: null,
      objectedBy: null,
      ip: null,
      countryCode: null,
      userAgent: "",
      browserId: null,
      state: "withdrawn",
      version: { increment: 1 },
      remindAt: null,
      coolsUntil: null,
      endedAt: now,
    },
  });
}
