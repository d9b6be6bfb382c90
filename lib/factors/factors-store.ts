import { hasFactorSql } from "@/lib/account/has-factor";
import type { Part } from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
import { hashRecoveryCode } from "@/lib/factors/recovery-codes";
import { Prisma } from "@/lib/generated/prisma/client";

/** An authenticator app that counts. */
export type AppRow = { id: string; name: string; sealedKey: Uint8Array; lastStep: number | null };

/** What an account has beside its password. */
export type Factors = {
  apps: AppRow[];
  /** Passkeys that are a second step. */
  passkeys: { id: string; credentialId: Uint8Array; transports: string[] }[];
  recoveryCodesLeft: number;
};

/** The factors of an account, as they are now. */
export async function findFactors(database: Database, accountId: string): Promise<Factors> {
  const [apps, passkeys, recoveryCodesLeft] = [
    await database.authenticatorApp.findMany({
      where: { accountId, confirmedAt: { not: null } },
      select: { id: true, name: true, sealedKey: true, lastStep: true },
      orderBy: { createdAt: "asc" },
    }),
    await database.passkey.findMany({
      where: { accountId, isSecondStep: true },
      select: { id: true, credentialId: true, transports: true },
      orderBy: { createdAt: "asc" },
    }),
    await database.recoveryCode.count({ where: { accountId, usedAt: null } }),
  ];
  return { apps, passkeys, recoveryCodesLeft };
}

/** Whether an account has a second factor, as it is now. */
export async function hasFactor(database: Database, accountId: string): Promise<boolean> {
  const rows = await database.$queryRaw<{ has: boolean }[]>`
    SELECT ${hasFactorSql} AS has FROM account a WHERE a.id = ${accountId}::uuid`;
  return rows[0]?.has ?? false;
}

/**
 * Whether an account has a factor that another session added than this one: whoever came with a stolen session
 * has none of those, however many they add and remove. What was added before sessions were noted is another's.
 */
export async function hasFactorOfAnother(
  tx: Database,
  { accountId, id }: { accountId: string; id: string },
): Promise<boolean> {
  const others = { accountId, OR: [{ sessionId: null }, { sessionId: { not: id } }] };
  const [apps, passkeys] = [
    await tx.authenticatorApp.count({ where: { ...others, confirmedAt: { not: null } } }),
    await tx.passkey.count({ where: { ...others, isSecondStep: true } }),
  ];
  return apps + passkeys > 0;
}

/** Whether a recovery code is one of an account's that is not used. */
export async function isRecoveryCode(
  database: Database,
  accountId: string,
  code: string,
): Promise<boolean> {
  const hash = hashRecoveryCode(accountId, code);
  return (await database.recoveryCode.count({ where: { accountId, hash, usedAt: null } })) === 1;
}

/**
 * The part of a statement that uses the step of an app up, for its owner.
 *
 * @param used.resealed its key sealed anew; null: it stays as it is
 */
export const usedStepPart = (
  used: { appId: string; step: number; resealed: Uint8Array | null },
  now: Date,
): Part => {
  const { appId, step, resealed } = used;
  return Prisma.sql`used_step AS (
    UPDATE authenticator_app f SET last_step = ${step}::int, last_used_at = ${now}::timestamptz,
      sealed_key = coalesce(${resealed}::bytea, f.sealed_key)
    FROM owner WHERE f.id = ${appId}::uuid AND coalesce(f.last_step, -1) < ${step}::int)`;
};

/** The part of a statement that uses a recovery code up, for its owner. */
export const usedRecoveryCodePart = (accountId: string, code: string, now: Date): Part =>
  Prisma.sql`used_code AS (
    UPDATE recovery_code f SET used_at = ${now}::timestamptz FROM owner
    WHERE f.account_id = ${accountId}::uuid AND f.hash = ${hashRecoveryCode(accountId, code)}::bytea
      AND f.used_at IS NULL)`;

/** Whether an account has recovery codes, used ones included. */
export const hasRecoveryCodes = async (database: Database, accountId: string): Promise<boolean> =>
  (await database.recoveryCode.count({ where: { accountId } })) > 0;
