import type { ActivityKind } from "@/lib/account/activity-kinds";
import type { NotifiedOf } from "@/lib/account/rules/notified-of";
import type { Client } from "@/lib/client/client";
import { ownerPart, type Part, writeTogether } from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import type { About } from "@/lib/mail/facts";
import type { LinkKey, LinkPurpose } from "@/lib/secrets/link-token";

/** What changed on an account. */
export type NewActivity = { kind: ActivityKind; about: About; client: Client; now: Date };

/** The part of a statement that writes an activity of its owner. */
export function activityPart({ kind, about, client, now }: NewActivity): Part {
  const { ip, countryCode, userAgent } = client;
  return Prisma.sql`activity_kept AS (
    INSERT INTO activity (account_id, kind, about, ip, country_code, user_agent, at)
    SELECT id, ${kind}, ${JSON.stringify(about)}::jsonb, ${ip}, ${countryCode}, ${userAgent}, ${now}
    FROM owner)`;
}

/** Writes an activity of an account. */
export async function storeActivity(
  tx: Database,
  { accountId, ...activity }: NewActivity & { accountId: string },
): Promise<void> {
  await writeTogether(tx, [ownerPart(accountId), activityPart(activity)]);
}

/** Who hears of something about an account besides its contact e-mail, and what its mails say of that. */
export type Audience = {
  /** The confirmed further addresses, oldest first. */
  further: string[];
  /** Whether a network was trusted before what the mail is about. */
  trustedBefore: boolean;
};

/** SQL for a column: the confirmed further addresses of the account `a`, oldest first. */
export const furtherSql = Prisma.sql`ARRAY(SELECT f.email FROM further_address f
  WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL ORDER BY f.created_at)`;

/** SQL for a column: whether the account `a` trusted an address before a moment. */
export const trustedBeforeSql = (ip: string | null, before: Date) =>
  Prisma.sql`EXISTS (SELECT 1 FROM trusted_place p WHERE p.account_id = a.id
    AND network_supeq(p.network, ${ip}::inet) AND p.created_at < ${before}::timestamptz)`;

/** The audience of an account, for what happened at an address at a moment. */
export async function findAudience(
  tx: Database,
  filter: { accountId: string; ip: string | null; before: Date },
): Promise<Audience> {
  const rows = await tx.$queryRaw<Audience[]>`
    SELECT ${furtherSql} AS further,
      ${trustedBeforeSql(filter.ip, filter.before)} AS "trustedBefore"
    FROM (SELECT ${filter.accountId}::uuid AS id) a`;
  const row = rows[0];
  if (row === undefined) throw new Error("The database returned no audience.");
  return row;
}

/** The links that are rows of their own; the others are derived from what they are for. */
export type AccountLinkPurpose = Exclude<
  LinkPurpose,
  "password reset" | "case" | "staff-invitation"
>;

/** A link as it is made; its token stands in one mail. */
export type NewLink = LinkKey & {
  purpose: AccountLinkPurpose;
  recipient: string;
  targetId?: string;
  notifiedOf?: NotifiedOf;
  createdAt: Date;
  expiresAt: Date;
};

/** The part of a statement that stores links of mails, of its owner, in one with them. */
export function linksPart(links: NewLink[]): Part {
  return Prisma.sql`links AS (
    INSERT INTO account_link (id, account_id, purpose, recipient, target_id, told_of, secret_id,
      created_at, expires_at)
    SELECT l.id, owner.id, l.purpose, l.recipient, l."targetId", l."notifiedOf", l."secretId",
      l."createdAt", l."expiresAt"
    FROM owner, jsonb_to_recordset(${JSON.stringify(links)}::jsonb) AS l(id uuid, purpose text,
      recipient text, "targetId" uuid, "notifiedOf" jsonb, "secretId" text,
      "createdAt" timestamptz, "expiresAt" timestamptz))`;
}

/** Stores links of one account, of mails that are about to be enqueued. */
export async function storeLinks(tx: Database, accountId: string, links: NewLink[]): Promise<void> {
  if (links.length > 0) await writeTogether(tx, [ownerPart(accountId), linksPart(links)]);
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
