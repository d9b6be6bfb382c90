import { randomUUID } from "node:crypto";
import { Secret } from "otpauth";
import { readSecrets, updateSecrets } from "@/lib/data-directory/secrets.mjs";
import { lockSubject } from "@/lib/db/locks";
import { type Database, inTransaction } from "@/lib/db/transaction";
import { findFactors } from "@/lib/factors/factors-store";
import { newAppKey, openAppKey, sealAppKey, spokenKey } from "@/lib/factors/totp";

type Key = Uint8Array<ArrayBuffer>;

/**
 * Sees to it that a demo person has an authenticator app, whose key belongs to this installation as their
 * password does.
 *
 * @returns its key in groups of four; null: they have other factors since
 */
export async function keepDemoApp(
  { accountId, email }: { accountId: string; email: string },
  dataDir: string,
  now: Date,
): Promise<string | null> {
  const key = keyOf(dataDir, email);
  const isOurs = await inTransaction(async (tx) => {
    await lockSubject(tx, accountId);
    return hasApp(tx, accountId, key, now);
  });
  return isOurs ? spokenKey(key) : null;
}

async function hasApp(tx: Database, accountId: string, key: Key, now: Date): Promise<boolean> {
  const { apps, passkeys } = await findFactors(tx, accountId);
  const opened = apps.map(({ id, sealedKey }) => ({ id, key: openAppKey(id, sealedKey) }));
  if (opened.some((app) => app.key !== null && Buffer.compare(app.key, key) === 0)) return true;
  // Sealed with an AUTH_SECRET that is gone: nobody can use it.
  const lost = opened.filter((app) => app.key === null).map(({ id }) => id);
  if (passkeys.length + apps.length > lost.length) return false;
  await tx.authenticatorApp.deleteMany({ where: { id: { in: lost } } });
  const id = randomUUID();
  const made = { id, accountId, name: "Demo app", sealedKey: sealAppKey(id, key) };
  await tx.authenticatorApp.create({ data: { ...made, createdAt: now, confirmedAt: now } });
  return true;
}

/** The key of this installation for an address: base32 in the file, as apps take it. */
function keyOf(dataDir: string, email: string): Key {
  const known = readSecrets(dataDir).demoAppKeys?.[email];
  if (known !== undefined) return new Uint8Array(Secret.fromBase32(known).bytes);
  const made = newAppKey();
  const text = spokenKey(made).replaceAll(" ", "");
  updateSecrets(dataDir, (secrets) => ({
    ...secrets,
    demoAppKeys: { ...secrets.demoAppKeys, [email]: text },
  }));
  return made;
}
