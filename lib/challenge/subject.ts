import { type Counted, isOfAccount } from "@/lib/challenge/rules/purposes";
import { browserKeyOf } from "@/lib/client/network-key";
import { subjectPrefixes, subjects } from "@/lib/db/subjects";
import { Prisma } from "@/lib/generated/prisma/client";

/** The subject that wrong codes and blocks of a challenge go by. */
export function subjectOf(challenge: Counted): string {
  switch (challenge.purpose) {
    case "sign-in":
      return challenge.accountId;
    case "widening":
      return subjects.widening(challenge.accountId);
    case "sign-up":
      return subjects.signUp(challenge.email);
    case "new-address":
      return subjects.newAddress(challenge.email);
  }
}

/** SQL for the same of a challenge's row `c`, to be found with it. */
export const subjectSql = Prisma.sql`CASE c.purpose
  WHEN 'sign-in' THEN c.account_id::text
  WHEN 'widening' THEN ${subjectPrefixes.widening} || c.account_id::text
  WHEN 'sign-up' THEN ${subjectPrefixes.signUp} || c.email
  WHEN 'new-address' THEN ${subjectPrefixes.newAddress} || c.email END`;

/** Where wrong answers of a challenge count: its network, or at a known place its browser there. */
export const attemptsKeyOf = (challenge: {
  network: string;
  browserId: string;
  placeKnown: boolean;
}): string =>
  challenge.placeKnown ? browserKeyOf(challenge.network, challenge.browserId) : challenge.network;

/** SQL for the same of a challenge's row `c`. */
export const attemptsKeySql = Prisma.sql`CASE WHEN c.place_known
  THEN c.place || '@' || c.browser_id::text ELSE c.place END`;

/** What is locked while a challenge is decided about: the account, or the address. */
export const lockOf = (challenge: Counted): string =>
  isOfAccount(challenge) ? challenge.accountId : subjectOf(challenge);
