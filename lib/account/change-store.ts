import type { ActivityKind } from "@/lib/account/activity-kinds";
import type { NotifiedOf } from "@/lib/account/rules/notified-of";
import type { Client } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import type { About } from "@/lib/mail/facts";
import type { LinkKey, LinkPurpose } from "@/lib/secrets/link-token";

/** Writes an activity of an account. */
export async function storeActivity(
  tx: Database,
  activity: { accountId: string; kind: ActivityKind; about: About; client: Client; now: Date },
): Promise<void> {
  const { accountId, kind, about, client, now } = activity;
  const { ip, countryCode, userAgent } = client;
  await tx.activity.create({
    data: { accountId, kind, about, ip, countryCode, userAgent, at: now },
  });
}

/**
 * The confirmed further addresses of an account, oldest first, and whether a network was trusted
 * before a moment.
 */
export async function findAudience(
  tx: Database,
  filter: { accountId: string; ip: string | null; before: Date },
): Promise<{ further: string[]; trustedBefore: boolean }> {
  const rows = await tx.$queryRaw<{ further: string[]; trustedBefore: boolean }[]>`
    SELECT ARRAY(SELECT f.email FROM further_address f
        WHERE f.account_id = ${filter.accountId}::uuid AND f.confirmed_at IS NOT NULL
        ORDER BY f.created_at) AS further,
      EXISTS (SELECT 1 FROM trusted_place p
        -- Not ">>=": for it PostgreSQL reads who else trusts the address, by an index of everybody.
        WHERE p.account_id = ${filter.accountId}::uuid AND network_supeq(p.network, ${filter.ip}::inet)
          AND p.created_at < ${filter.before}::timestamptz) AS "trustedBefore"`;
  const row = rows[0];
  if (row === undefined) throw new Error("The database returned no audience.");
  return row;
}

/** The confirmed further addresses that get the code of a challenge besides its own; none of a sign-up. */
export async function findFurtherAddresses(
  database: Database,
  challenge: { purpose: string; accountId: string | null },
): Promise<string[]> {
  const { purpose, accountId } = challenge;
  if (purpose === "sign-up" || accountId === null) return [];
  const found = await database.furtherAddress.findMany({
    where: { accountId, confirmedAt: { not: null } },
    orderBy: { createdAt: "asc" },
    select: { email: true },
  });
  return found.map(({ email }) => email);
}

/** The links that are rows of their own; the others are derived from what they are for. */
export type AccountLinkPurpose = Exclude<
  LinkPurpose,
  "password reset" | "case" | "staff-invitation"
>;

/** A link as it is made; its token stands in one mail. */
export type NewLink = LinkKey & {
  accountId: string;
  purpose: AccountLinkPurpose;
  recipient: string;
  targetId?: string;
  notifiedOf?: NotifiedOf;
  createdAt: Date;
  expiresAt: Date;
};

/** Stores links of mails that are about to be enqueued. */
export async function storeLinks(tx: Database, links: NewLink[]): Promise<void> {
  await tx.accountLink.createMany({
    data: links.map(({ notifiedOf, ...link }) => ({
      ...link,
      toldOf: notifiedOf ?? Prisma.DbNull,
    })),
  });
}

/**
 * Whether a session is open and the password still the one its request was answered with. Under the
 * account's lock: whatever ended the session came first, and with it what its password could do.
 */
export async function isStillSignedIn(
  tx: Database,
  session: { id: string; accountId: string; account: { passwordChangedAt: Date } },
): Promise<boolean> {
  const { id, accountId, account } = session;
  const { passwordChangedAt } = account;
  const open = { id, accountId, endedAt: null, account: { passwordChangedAt } };
  return (await tx.session.count({ where: open })) === 1;
}

/** A link that stands in a mail, with its account; else null. */
export function findLink(database: Database, filter: { id: string; purpose: AccountLinkPurpose }) {
  return database.accountLink.findFirst({
    where: filter,
    include: { account: { select: { email: true, locale: true, timeZone: true } } },
  });
}

/** Uses a link up; false when it had ended before. */
export async function endLink(tx: Database, id: string, now: Date): Promise<boolean> {
  const used = await tx.accountLink.updateMany({
    where: { id, endedAt: null },
    data: { endedAt: now, endedBecause: "used" },
  });
  return used.count === 1;
}

/** An account as its mails need it. */
export function findNotifiedAccount(database: Database, accountId: string) {
  return database.account.findUniqueOrThrow({
    where: { id: accountId },
    select: { email: true, locale: true, timeZone: true },
  });
}
