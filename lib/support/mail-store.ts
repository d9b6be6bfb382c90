import type { Database } from "@/lib/db/transaction";
import { listed } from "@/lib/history/mail-store";

const whole = {
  ...listed,
  ...{ accountId: true, linkType: true, linkRowId: true, notMeId: true },
  ...{ locale: true, timeZone: true, edition: true, ownerName: true },
} as const;

/** A stored mail as far as it is shown again. */
export type StoredMail = NonNullable<Awaited<ReturnType<typeof findMail>>>;

/** A mail by its id; null: there is none any more, or it is the canary's, which is nobody's. */
export const findMail = (database: Database, id: string) =>
  database.mail.findUnique({
    where: { id, OR: [{ accountId: null }, { account: { isCanary: false } }] },
    select: whole,
  });

/** A case whose applicant got a mail; its account may be gone, or there never was one. */
export const findCaseOfMail = (database: Database, id: string) =>
  database.recoveryCase.findFirst({
    where: { id, sentAt: { not: null } },
    select: { id: true, accountId: true },
  });

/** What was live of a mail's text at an edition; null: there was no version yet. */
export async function findTextAt(
  database: Database,
  of: { subject: string; language: string; edition: number },
): Promise<{ number: number; at: Date } | null> {
  const { subject, language, edition } = of;
  const found = await database.templateVersion.findFirst({
    where: { subject, language, id: { lte: edition } },
    orderBy: { id: "desc" },
    select: { number: true, createdAt: true },
  });
  return found === null ? null : { number: found.number, at: found.createdAt };
}

/** Whether a member of staff looked at a mail since a moment, by the audit log. */
export async function wasMailViewed(
  database: Database,
  {
    staffId,
    mailId,
    subjectId,
    since,
  }: Record<"staffId" | "mailId" | "subjectId", string> & {
    since: Date;
  },
): Promise<boolean> {
  const found = await database.auditEntry.findFirst({
    where: {
      ...{ actorId: staffId, action: "mail-viewed", subjectId, at: { gt: since } },
      details: { path: ["mail"], equals: mailId },
    },
    select: { seq: true },
  });
  return found !== null;
}
