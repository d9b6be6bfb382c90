import { type Client, placeOf } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { presentSecretId } from "@/lib/secrets/code";
import { newReference } from "@/lib/secrets/reference";
import { hashSecret, newSecret } from "@/lib/secrets/secrets";
import type { AccountAtPlace } from "@/lib/sign-in/account-at-place-store";
import { sendChallengeMail } from "@/lib/sign-in/challenge-mail";
import { storeChallenge } from "@/lib/sign-in/challenge-store";

/** Who asks, and where they want to go. */
type Asking = { client: Client; browserId: string; callbackPath: string | null };

/** Stores a pending sign-in and mails its code; the secret binds it to this browser. */
export async function askCode(
  tx: Database,
  request: Asking,
  account: AccountAtPlace,
  at: Date,
): Promise<{ challengeId: string; secret: string }> {
  const { client } = request;
  const secret = newSecret();
  const challenge = await storeChallenge(tx, {
    purpose: "sign-in",
    accountId: account.id,
    email: account.email,
    place: placeOf(client),
    client,
    browserId: request.browserId,
    secretHash: hashSecret(secret),
    secretId: presentSecretId(),
    registration: null,
    reference: newReference(),
    locale: account.locale,
    callbackPath: request.callbackPath,
    now: at,
    lifetimeMinutes: env().codeLifetimeMinutes,
  });
  await sendChallengeMail(tx, { ...challenge, account }, at);
  return { challengeId: challenge.id, secret };
}
