import { randomUUID } from "node:crypto";
import type { Audience } from "@/lib/account/change-store";
import { noticeParts } from "@/lib/account/enqueue-notice";
import { noticeOf } from "@/lib/account/notify-customer";
import {
  codeNotification,
  type MailedChallenge,
  sendChallengeMail,
} from "@/lib/challenge/challenge-mail";
import {
  challengePart,
  type NewChallenge,
  oneCodeMore,
  type Payload,
} from "@/lib/challenge/challenge-store";
import { isOfAccount, type Whose } from "@/lib/challenge/rules/purposes";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { changedAccountSql, ownerPart, type Part, writeTogether } from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { Prisma } from "@/lib/generated/prisma/client";
import { afterMinutes } from "@/lib/moments";
import { presentSecretId } from "@/lib/secrets/code";
import { newReference } from "@/lib/secrets/reference";
import { hashSecret, newSecret } from "@/lib/secrets/secrets";

type Account = { id: string; email: string; locale: string; timeZone: string | null };

/** What a code is asked for, and by whom. */
export type Opening = { client: Client; browserId: string } & (
  | {
      purpose: "sign-in";
      account: Account & { role: string };
      callbackPath: string | null;
      /** A second factor is asked for; null: a mailed code. */
      factor: { knownBy: string | null } | null;
    }
  | {
      purpose: "sign-up";
      email: string;
      locale: string;
      /** Who has the address already; then no code is right, and nothing of the form is kept. */
      holder: Omit<Account, "email"> | null;
      registration: Payload | null;
      callbackPath: string | null;
    }
  | {
      purpose: "widening";
      account: Account;
      sessionId: string;
      request: Payload;
      /** Whether a second factor is asked for, of which nothing is mailed. */
      asksFactor: boolean;
    }
  | { purpose: "new-address"; email: string; locale: string; caseId: string }
);

/** What of a challenge its browser is given. */
export type Asked = { challengeId: string; secret: string };

/**
 * Stores a challenge and mails its code, if it asks for one, in the caller's transaction and under the lock of its subject;
 * whether it may be asked for was judged under it.
 *
 * @returns the secret that binds it to a browser; who holds it by a session or a case gives it to nobody
 */
export async function openChallenge(tx: Database, opening: Opening, now: Date): Promise<Asked> {
  const { made, secret } = make(opening, now);
  const { whose } = made;
  const owner = isOfAccount(whose)
    ? Prisma.sql`owner AS (${changedAccountSql(whose.accountId, [oneCodeMore])})`
    : ownerPart(whose.accountId);
  await writeTogether(tx, [owner, challengePart(made)]);
  if (made.more.factor === undefined) await sendChallengeMail(tx, mailed(made), now);
  return { challengeId: made.id, secret };
}

/**
 * The parts of a statement that store the challenge of a sign-in and mail its code, if it is one: its owner
 * is the account as it was judged, with `oneCodeMore`.
 */
export function signInParts(
  opening: Extract<Opening, { purpose: "sign-in" }>,
  audience: Audience,
  now: Date,
): { asked: Asked; parts: Part[] } {
  const { made, secret } = make(opening, now);
  const { account, purpose, factor } = opening;
  const challenge = { ...mailed(made), purpose, accountId: account.id, account };
  return {
    asked: { challengeId: made.id, secret },
    parts: [
      challengePart(made),
      ...(factor === null ? noticeParts(noticeOf(codeNotification(challenge, now), audience)) : []),
    ],
  };
}

function make(opening: Opening, now: Date): { made: NewChallenge; secret: string } {
  const secret = newSecret();
  const { client, browserId } = opening;
  const made = {
    id: randomUUID(),
    ...toStore(opening),
    client,
    browserId,
    secretHash: hashSecret(secret),
    secretId: presentSecretId(),
    now,
    expiresAt: afterMinutes(now, env().codeLifetimeMinutes),
  };
  return { made, secret };
}

/** What its mail needs of a challenge that is about to be stored. */
function mailed({ id, whose, email, locale, expiresAt, client }: NewChallenge): MailedChallenge {
  const { ip, userAgent, timeZone } = client;
  const network = networkKeyOf(client);
  return { id, ...whose, email, locale, expiresAt, ip, network, userAgent, timeZone };
}

function toStore(opening: Opening): Pick<NewChallenge, "whose" | "email" | "locale" | "more"> {
  const { purpose } = opening;
  switch (purpose) {
    case "sign-in": {
      const { account, callbackPath } = opening;
      const whose: Whose = { purpose, accountId: account.id, account };
      const asked = opening.factor === null ? {} : { factor: opening.factor };
      const more = { callbackPath, reference: newReference(), ...asked };
      return { ...sentTo(account), whose, more };
    }
    case "sign-up": {
      const { holder, callbackPath } = opening;
      const whose: Whose = { purpose, accountId: holder?.id ?? null, account: holder };
      const registration = holder === null ? opening.registration : null;
      return { ...sentTo(opening), whose, more: { registration, callbackPath } };
    }
    case "widening": {
      const { account, sessionId, request, asksFactor } = opening;
      const whose: Whose = { purpose, accountId: account.id, account };
      // A session is not bound to a place: none is the known one of its request.
      const asked = asksFactor ? { factor: { knownBy: null } } : {};
      return { ...sentTo(account), whose, more: { sessionId, request, ...asked } };
    }
    case "new-address": {
      const whose: Whose = { purpose, accountId: null, account: null };
      return { ...sentTo(opening), whose, more: { caseId: opening.caseId } };
    }
  }
}

const sentTo = ({ email, locale }: { email: string; locale: string }) => ({ email, locale });
