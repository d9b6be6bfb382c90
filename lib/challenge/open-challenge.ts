import { sendChallengeMail } from "@/lib/challenge/challenge-mail";
import { type NewChallenge, type Payload, storeChallenge } from "@/lib/challenge/challenge-store";
import type { Whose } from "@/lib/challenge/rules/purposes";
import type { Client } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { presentSecretId } from "@/lib/secrets/code";
import { newReference } from "@/lib/secrets/reference";
import { hashSecret, newSecret } from "@/lib/secrets/secrets";

type Account = { id: string; email: string; locale: string; timeZone: string | null };

/** What a code is asked for, and by whom. */
export type Opening = { client: Client; browserId: string } & (
  | { purpose: "sign-in"; account: Account & { role: string }; callbackPath: string | null }
  | {
      purpose: "sign-up";
      email: string;
      locale: string;
      /** Who has the address already; then no code is right, and nothing of the form is kept. */
      holder: Omit<Account, "email"> | null;
      registration: Payload | null;
      callbackPath: string | null;
    }
  | { purpose: "widening"; account: Account; sessionId: string; request: Payload }
  | { purpose: "new-address"; email: string; locale: string; caseId: string }
);

/**
 * Stores a challenge and mails its code, in the caller's transaction and under the lock of its subject;
 * whether it may be asked for was judged under it.
 *
 * @returns the secret that binds it to a browser; who holds it by a session or a case gives it to nobody
 */
export async function openChallenge(
  tx: Database,
  opening: Opening,
  now: Date,
): Promise<{ challengeId: string; secret: string }> {
  const secret = newSecret();
  const { client, browserId } = opening;
  const pending = await storeChallenge(tx, {
    ...toStore(opening),
    client,
    browserId,
    secretHash: hashSecret(secret),
    secretId: presentSecretId(),
    now,
    lifetimeMinutes: env().codeLifetimeMinutes,
  });
  await sendChallengeMail(tx, pending, now);
  return { challengeId: pending.id, secret };
}

function toStore(opening: Opening): Pick<NewChallenge, "whose" | "email" | "locale" | "more"> {
  const { purpose } = opening;
  switch (purpose) {
    case "sign-in": {
      const { account, callbackPath } = opening;
      const whose: Whose = { purpose, accountId: account.id, account };
      return { ...sentTo(account), whose, more: { callbackPath, reference: newReference() } };
    }
    case "sign-up": {
      const { holder, callbackPath } = opening;
      const whose: Whose = { purpose, accountId: holder?.id ?? null, account: holder };
      const registration = holder === null ? opening.registration : null;
      return { ...sentTo(opening), whose, more: { registration, callbackPath } };
    }
    case "widening": {
      const { account, sessionId, request } = opening;
      const whose: Whose = { purpose, accountId: account.id, account };
      return { ...sentTo(account), whose, more: { sessionId, request } };
    }
    case "new-address": {
      const whose: Whose = { purpose, accountId: null, account: null };
      return { ...sentTo(opening), whose, more: { caseId: opening.caseId } };
    }
  }
}

const sentTo = ({ email, locale }: { email: string; locale: string }) => ({ email, locale });
