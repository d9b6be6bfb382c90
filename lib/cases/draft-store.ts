import type { LinkKey } from "@/lib/auth/link-token";
import type { CaseProof } from "@/lib/cases/rules/judge-sending";
import { MINUTES_TO_EXPLAIN } from "@/lib/challenge/rules/limits";
import { isSharedSql } from "@/lib/places/sharing";
import type { Client } from "@/lib/sign-in/client";
import { afterHours, afterMinutes } from "@/lib/sign-in/rules/limits";
import type { Database } from "@/lib/sign-in/store";

/** A draft as it is made. */
export type NewDraft = LinkKey & {
  reference: string;
  /** null: the address that was typed has no account. */
  accountId: string | null;
  accountEmail: string;
  proof: CaseProof;
  client: Client;
  browserId: string | null;
  locale: string;
  createdAt: Date;
  expiresAt: Date;
};

/** The id of the account of an address; null: it has none. */
export async function findAccountId(database: Database, email: string): Promise<string | null> {
  const found = await database.account.findUnique({ where: { email }, select: { id: true } });
  return found?.id ?? null;
}

/** The contact e-mail, zone and age of the password of an account, else null. */
export function findAskingAccount(database: Database, id: string) {
  return database.account.findUnique({
    where: { id },
    select: { id: true, email: true, timeZone: true, passwordChangedAt: true },
  });
}

/** Stores a draft. */
export async function storeDraft(database: Database, draft: NewDraft): Promise<void> {
  const { client, ...row } = draft;
  const { ip, countryCode, userAgent } = client;
  await database.recoveryCase.create({ data: { ...row, ip, countryCode, userAgent } });
}

/** Stores the address a draft asks for, which is not confirmed yet. */
export async function storeNewEmail(tx: Database, id: string, newEmail: string): Promise<void> {
  await tx.recoveryCase.update({ where: { id }, data: { newEmail, newEmailConfirmedAt: null } });
}

/** Notes that the address a draft asks for was proven. */
export async function confirmNewEmail(
  tx: Database,
  id: string,
  newEmail: string,
  now: Date,
): Promise<void> {
  await tx.recoveryCase.update({ where: { id }, data: { newEmail, newEmailConfirmedAt: now } });
}

/** Stores what happened, as it was typed so far. */
export async function storeStory(tx: Database, id: string, whatHappened: string): Promise<void> {
  await tx.recoveryCase.update({ where: { id }, data: { whatHappened } });
}

/** Empties a draft and lets it lapse at once; its row stays a day, and with it its codes' count. */
export async function lapseDraft(tx: Database, id: string, now: Date): Promise<void> {
  await tx.recoveryCase.update({ where: { id }, data: { whatHappened: null, expiresAt: now } });
}

/** The draft's latest code for a new address, as long as it may be explained; else null. */
export function findNewAddressCode(database: Database, caseId: string, now: Date) {
  return database.challenge.findFirst({
    where: {
      caseId,
      purpose: "new-address",
      expiresAt: { gt: afterMinutes(now, -MINUTES_TO_EXPLAIN) },
      OR: [{ endedBecause: null }, { endedBecause: { not: "superseded" } }],
    },
    orderBy: { createdAt: "desc" },
    include: { account: { select: { locale: true, timeZone: true, role: true } } },
  });
}

/** When the codes of the last hour for an address, and those of a draft, were made; newest first. */
export async function findNewAddressCodes(
  tx: Database,
  where: { email: string; caseId: string },
  now: Date,
): Promise<{ codesOfAddress: Date[]; codesOfDraft: Date[] }> {
  const { email, caseId } = where;
  const made = await tx.challenge.findMany({
    where: {
      purpose: "new-address",
      createdAt: { gt: afterHours(now, -1) },
      OR: [{ email }, { caseId }],
    },
    select: { createdAt: true, email: true, caseId: true },
    orderBy: { createdAt: "desc" },
  });
  const timesOf = (of: (code: (typeof made)[number]) => boolean) =>
    made.filter(of).map(({ createdAt }) => createdAt);
  return {
    codesOfAddress: timesOf((code) => code.email === email),
    codesOfDraft: timesOf((code) => code.caseId === caseId),
  };
}

/** Ends the draft's codes for another address, or for this one, that still wait. */
export async function endNewAddressCodes(tx: Database, caseId: string, now: Date): Promise<void> {
  await tx.challenge.updateMany({
    where: { caseId, purpose: "new-address", endedAt: null },
    data: { endedAt: now, endedBecause: "superseded" },
  });
}

/**
 * Whether a network lies in a place that an account has trusted for long and that few others share.
 */
export async function isLongTrusted(
  database: Database,
  where: { accountId: string; network: string | null; since: Date },
): Promise<boolean> {
  const { accountId, network, since } = where;
  const rows = await database.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM trusted_place p
      WHERE p.account_id = ${accountId}::uuid AND p.network >>= ${network}::inet
        AND p.created_at <= ${since}::timestamptz AND NOT ${isSharedSql()}) AS found`;
  return rows[0]?.found ?? false;
}
