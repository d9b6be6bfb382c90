import { database } from "@/lib/db/transaction";
import { findPasskeys } from "@/lib/passkeys/passkey-store";
import { relyingParty } from "@/lib/passkeys/relying-party";

/** The ids of the passkeys that an account's second step may be answered with, where this site is now. */
export async function usablePasskeys(accountId: string): Promise<string[]> {
  const party = relyingParty();
  if (party === null) return [];
  const keys = await findPasskeys(database, accountId);
  return keys
    .filter(({ isSecondStep, rpId }) => isSecondStep && rpId === party.id)
    .map(({ id }) => id);
}
