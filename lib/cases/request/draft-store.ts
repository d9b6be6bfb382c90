import type { CaseProof } from "@/lib/cases/rules/judge-sending";
import type { Lost } from "@/lib/cases/rules/lost";
import type { Client } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import { afterHours } from "@/lib/moments";
import { isSharedSql } from "@/lib/places/sharing";
import type { LinkKey } from "@/lib/secrets/link-token";

/** A draft as it is made. */
export type NewDraft = LinkKey & {
  reference: string;
  /** null: the address that was typed has no account. */
  accountId: string | null;
  accountEmail: string;
  proof: CaseProof;
  lost: Lost;
  client: Client;
  browserId: string | null;
  locale: string;
  createdAt: Date;
  expiresAt: Date;
};

/** The id of the account of an address, if it is a customer's; null: it has none. */
export async function findAccountId(database: Database, email: string): Promise<string | null> {
  const found = await database.account.findUnique({
    where: { email, isCanary: false },
    select: { id: true },
  });
  return found?.id ?? null;
}

/** The contact e-mail, zone and age of the password of a customer's account, else null. */
export function findAskingAccount(database: Database, id: string) {
  return database.account.findUnique({
    where: { id, isCanary: false },
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

/** By what the code for a draft's new address is found again. */
export const heldBy = (caseId: string) => ({ purpose: "new-address", caseId }) as const;

/** When the codes of the last hour for an address, and those of a draft, were made; newest first. */
export async function findNewAddressCodes(
  tx: Database,
  filter: { email: string; caseId: string },
  now: Date,
): Promise<{ codesOfAddress: Date[]; codesOfDraft: Date[] }> {
  const { email, caseId } = filter;
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

/**
 * Whether a network lies in a place that an account has trusted for long and that few others share.
 */
export async function isLongTrusted(
  database: Database,
  filter: { accountId: string; network: string | null; since: Date },
): Promise<boolean> {
  const { accountId, network, since } = filter;
  const rows = await database.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM trusted_place p
      WHERE p.account_id = ${accountId}::uuid AND network_supeq(p.network, ${network}::inet)
        AND p.created_at <= ${since}::timestamptz AND NOT ${isSharedSql()}) AS found`;
  return rows[0]?.found ?? false;
}
