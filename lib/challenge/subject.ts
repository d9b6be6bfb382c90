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

/** Where somebody is asked: the network, in which browser, and what makes the place known; null: nothing. */
export type AskedWhere = { network: string; browserId: string; knownBy: string | null };

/** Where wrong answers of a challenge count: its network, or at a known place its browser there. */
export const attemptsKeyOf = ({ network, browserId, knownBy }: AskedWhere): string =>
  knownBy === null ? network : browserKeyOf(knownBy, browserId);

/** SQL for what makes the place of a challenge's row `c` known; of versions before, its network. */
export const knownBySql = Prisma.sql`CASE WHEN c.place_known
  THEN coalesce(c.known_by, c.place) END`;

/** SQL for `attemptsKeyOf` of a challenge's row `c`. */
export const attemptsKeySql = Prisma.sql`CASE WHEN NOT c.place_known THEN c.place
  WHEN position('@' IN c.known_by) > 0 THEN c.known_by
  ELSE coalesce(c.known_by, c.place) || '@' || c.browser_id::text END`;

/** What is locked while a challenge is decided about: the account, or the address. */
export const lockOf = (challenge: Counted): string =>
  isOfAccount(challenge) ? challenge.accountId : subjectOf(challenge);
