import { oneCodeMore, supersededPart } from "@/lib/challenge/challenge-store";
import { type Asked, signInParts } from "@/lib/challenge/open-challenge";
import type { PendingCookie } from "@/lib/challenge/pending-store";
import type { Client } from "@/lib/client/client";
import { judgedOwnerPart, writeTogether } from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
import type { SignInAccount } from "@/lib/sign-in/sign-in-account-store";
import { judgementPart } from "@/lib/sign-in/store";

/**
 * Asks for the code of a sign-in and writes all that this takes in one statement, which asks whether the
 * account is still as it was judged.
 *
 * @returns null when it is not; then nothing is written
 */
export async function askForCode(
  database: Database,
  request: {
    client: Client;
    browserId: string;
    callbackPath: string | null;
    earlier: PendingCookie | null;
  },
  account: SignInAccount,
  now: Date,
): Promise<({ kind: "code-asked"; locale: string } & Asked) | null> {
  const { client, browserId, callbackPath, earlier } = request;
  const opening = { purpose: "sign-in", account, client, browserId, callbackPath } as const;
  const audience = { further: account.further, trustedBefore: account.networkTrusted };
  const { asked, parts } = signInParts(opening, audience, now);
  const { id: accountId, accessVersion, locale } = account;
  const written = await writeTogether(database, [
    judgedOwnerPart({ accountId, accessVersion }, [oneCodeMore]),
    judgementPart({ verdict: "asked-for-code", because: "new-place", client, now }),
    ...(earlier === null ? [] : [supersededPart(earlier, now)]),
    ...parts,
  ]);
  return written ? { kind: "code-asked", locale, ...asked } : null;
}
