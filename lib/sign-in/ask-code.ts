import { hashSecret, newSecret } from "@/lib/auth/secrets";
import { sendChallengeMail } from "@/lib/challenge/challenge-mail";
import { storeChallenge } from "@/lib/challenge/challenge-store";
import { env } from "@/lib/env";
import type { AccountAtPlace } from "@/lib/sign-in/account-at-place-store";
import { type Client, placeOf } from "@/lib/sign-in/client";
import { presentSecretId } from "@/lib/sign-in/code";
import { newReference } from "@/lib/sign-in/reference";
import type { Database } from "@/lib/sign-in/store";

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
