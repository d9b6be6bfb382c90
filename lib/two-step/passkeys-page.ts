import type { Actor } from "@/lib/account/actor";
import { database } from "@/lib/db/transaction";
import { findHandle, findPasskeys } from "@/lib/passkeys/passkey-store";
import { relyingParty } from "@/lib/passkeys/relying-party";
import { PASSKEYS_PER_ACCOUNT } from "@/lib/passkeys/rules/limits";

/** A passkey as its customer sees it. */
export type ShownPasskey = {
  id: string;
  name: string;
  since: Date;
  lastUsedAt: Date | null;
  isBackedUp: boolean;
  signsIn: boolean;
  isSecondStep: boolean;
  counterFellAt: Date | null;
  /** The domain it was made for, where that is another one by now. */
  otherDomain: string | null;
};

/** By what a browser's keeper of passkeys knows an account. */
export type KnownUser = { rpId: string; origin: string; userId: string };

/** What `/account/security/two-step` shows of passkeys. */
export type PasskeysPage = {
  passkeys: ShownPasskey[];
  /** Whether there are passkeys at all where this installation is. */
  isPossible: boolean;
  mayAdd: boolean;
  /** Whether one more would keep a lost device from locking the customer out. */
  needsSecond: boolean;
  /** What the browser's keeper of passkeys should know; null: the account never had one. */
  known: (KnownUser & { credentialIds: string[] }) | null;
};

/** Reads by what browsers know an account; null: it never had a passkey, or none can be used here. */
export async function readKnownUser({ accountId }: Actor["session"]): Promise<KnownUser | null> {
  const party = relyingParty();
  if (party === null) return null;
  const handle = await findHandle(database, accountId);
  if (handle === null) return null;
  const userId = Buffer.from(handle).toString("base64url");
  return { rpId: party.id, origin: party.origin, userId };
}

/**
 * Reads the passkeys of an account for their page.
 *
 * @param waiting the id of a credential that waits for a code to be added: the browser must not forget it
 */
export async function readPasskeys(
  session: Actor["session"],
  waiting: string | null,
): Promise<PasskeysPage> {
  const party = relyingParty();
  const found = await findPasskeys(database, session.accountId);
  const user = await readKnownUser(session);
  const here = found.filter(({ rpId }) => rpId === party?.id);
  const ids = here.map(({ credentialId }) => Buffer.from(credentialId).toString("base64url"));
  return {
    passkeys: found.map((passkey) => ({
      ...{ id: passkey.id, name: passkey.name, since: passkey.createdAt },
      ...{ lastUsedAt: passkey.lastUsedAt, isBackedUp: passkey.backedUp },
      ...{ signsIn: passkey.signsIn, isSecondStep: passkey.isSecondStep },
      counterFellAt: passkey.counterFellAt,
      otherDomain: passkey.rpId === party?.id ? null : passkey.rpId,
    })),
    isPossible: party !== null,
    mayAdd: found.length < PASSKEYS_PER_ACCOUNT,
    needsSecond: here.length === 1,
    known: user && { ...user, credentialIds: waiting === null ? ids : [...ids, waiting] },
  };
}
