import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { countKeys } from "@/lib/db/subjects";
import { database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { isPassword } from "@/lib/password/password-hash";
import { findPasswordAccount } from "@/lib/password/store";
import { countRequest, doCounted, giveBack, type RateLimit } from "@/lib/rate-limit/rate-window";

/**
 * `wrong` also says: no such account. `too-many` is said before the password is looked at.
 *
 * What a wrong one is answered must not show a stranger whether the account trusts the network: where
 * `saidUntil` is set, the words are those of `too-many`.
 */
export type PasswordOutcome =
  /** `passwordOff`: it opens nothing until a new one is set; whoever typed it may know. */
  | { kind: "right"; accountId: string; passwordChangedAt: Date; passwordOff: boolean }
  | { kind: "wrong"; saidUntil: Date | null }
  | { kind: "too-many"; until: Date };

/**
 * Which counts a password goes to (contract, PASSWORD_ATTEMPTS_PER_HOUR): a browser that signed in to
 * this account before or is trusted by it and a trusted place have a count of their own, everyone else shares the
 * network's and the address's.
 */
function limitsFor(
  email: string,
  client: Client,
  known: { accountId: string; browserKnown: boolean; networkTrusted: boolean } | null,
  browserId: string,
): RateLimit[] {
  const limit = env().passwordAttemptsPerHour;
  const network = networkKeyOf(client);
  if (known?.browserKnown) {
    return [{ ...countKeys.passwordsInBrowser(email, known.accountId, browserId), limit }];
  }
  if (known?.networkTrusted) {
    return [{ ...countKeys.passwordsForAccountFrom(email, known.accountId, network), limit }];
  }
  // The network's first: made-up addresses from one network leave no more traces than its limit.
  return [
    { ...countKeys.passwordsFrom(network), limit },
    { ...countKeys.passwordsFor(email), limit },
  ];
}

/**
 * Counts a wrong password among all that came from a network or for an address, whoever they were for.
 * These counts decide on words alone, never on who gets in: so the words say the same of every account.
 *
 * @returns until when the words are that there were too many; null: that it was wrong
 */
async function saidOfWrong(email: string, client: Client, now: Date): Promise<Date | null> {
  const limit = env().passwordAttemptsPerHour;
  const network = networkKeyOf(client);
  const said = await countRequest(
    database,
    [
      { ...countKeys.wrongSaidFrom(network), limit },
      { ...countKeys.wrongSaidFor(email), limit },
    ],
    now,
  );
  return said.kind === "refused" ? said.until : null;
}

/**
 * Checks an e-mail and password. An unknown account, and one that must wait, cost the same; what they
 * read says nothing of an account.
 *
 * @param email as typed, already trimmed and in lower case
 */
export async function checkPassword(
  email: string,
  password: string,
  client: Client,
  browserId: string,
): Promise<PasswordOutcome> {
  const now = readClock();
  const account = await findPasswordAccount(database, { email, ip: client.ip, browserId, now });
  const known = account && { accountId: account.id, ...account };
  const limits = limitsFor(email, client, known, browserId);
  const keys = limits.map((one) => one.key);
  // Counted before the hash, so that many guesses at the same moment cannot all slip under the limit.
  const admission = await countRequest(database, limits, now);
  const admitted = admission.kind === "admitted";
  // Not looked at where there were too many, and yet as slow: else the time would show it.
  const right = await isPassword(admitted ? (account?.passwordHash ?? null) : null, password);
  if (!right || account === null) {
    // Whoever learns nothing of a guess has not used it up.
    const saidUntil = await doCounted(database, admitted ? keys : [], () =>
      saidOfWrong(email, client, now),
    );
    if (admitted) return { kind: "wrong", saidUntil };
    return { kind: "too-many", until: saidUntil ?? admission.until };
  }
  await giveBack(database, keys);
  const { id, passwordChangedAt, passwordOff } = account;
  return { kind: "right", accountId: id, passwordChangedAt, passwordOff };
}
