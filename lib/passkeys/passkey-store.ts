import { randomBytes } from "node:crypto";
import type { Database } from "@/lib/db/transaction";
import type { Passkey } from "@/lib/generated/prisma/client";

type Bytes = Uint8Array<ArrayBuffer>;

/** A passkey as it is made. */
export type NewPasskey = Pick<
  Passkey,
  | "credentialId"
  | "publicKey"
  | "counter"
  | "name"
  | "aaguid"
  | "transports"
  | "backupEligible"
  | "backedUp"
  | "signsIn"
  | "isSecondStep"
  | "rpId"
>;

/** The random handle by which an account's passkeys name it, made the first time that it is asked for. */
export async function passkeyHandle(database: Database, accountId: string): Promise<Bytes> {
  const own = { id: accountId };
  const handle = new Uint8Array(randomBytes(32));
  await database.account.updateMany({
    where: { ...own, passkeyHandle: null },
    data: { passkeyHandle: handle },
  });
  const account = await database.account.findUniqueOrThrow({
    where: own,
    select: { passkeyHandle: true },
  });
  return account.passkeyHandle ?? handle;
}

/** The handle of an account; null: it never had one. */
export async function findHandle(database: Database, id: string): Promise<Bytes | null> {
  const account = await database.account.findUnique({
    where: { id },
    select: { passkeyHandle: true },
  });
  return account?.passkeyHandle ?? null;
}

/** The passkeys of an account, the oldest first. */
export const findPasskeys = (database: Database, accountId: string): Promise<Passkey[]> =>
  database.passkey.findMany({
    where: { accountId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });

/** A passkey by its credential's id, with the handle of its account; null: nobody has it. */
export const findPasskeyOf = (database: Database, credentialId: Bytes) =>
  database.passkey.findUnique({
    where: { credentialId },
    include: { account: { select: { passkeyHandle: true } } },
  });

/** A passkey as its answers are judged. */
export type FoundPasskey = NonNullable<Awaited<ReturnType<typeof findPasskeyOf>>>;

/** Keeps a new passkey. */
export async function storePasskey(
  tx: Database,
  passkey: NewPasskey & { accountId: string; sessionId?: string; createdAt: Date },
): Promise<string> {
  return (await tx.passkey.create({ data: passkey, select: { id: true } })).id;
}

/** Notes what a passkey said of itself as it was used. */
export async function notePasskeyUsed(
  tx: Database,
  id: string,
  used: { counter: bigint; backedUp: boolean; counterFellAt?: Date; lastUsedAt: Date },
): Promise<void> {
  await tx.passkey.update({ where: { id }, data: used });
}

/** Changes a passkey of an account. Returns whether there is such a one. */
export async function changePasskey(
  tx: Database,
  { id, accountId }: { id: string; accountId: string },
  data: Partial<Pick<Passkey, "name" | "signsIn" | "isSecondStep" | "sessionId">>,
): Promise<boolean> {
  return (await tx.passkey.updateMany({ where: { id, accountId }, data })).count === 1;
}
