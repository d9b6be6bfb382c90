import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { type CountKey, countKeys } from "@/lib/db/subjects";
import { database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { Prisma } from "@/lib/generated/prisma/client";
import { isPassword } from "@/lib/password/password-hash";
import {
  ACCOUNT_SLOT,
  type AlsoRead,
  type KnownAs,
  type PasswordAccount,
  reservePassword,
} from "@/lib/password/store";
import { countRequest, doCounted, giveBack, roomFrom } from "@/lib/rate-limit/rate-window";

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

/** The same before the attempt is given back, with what else was read of the account. */
export type ComparedPassword<Row> =
  | {
      kind: "right";
      account: PasswordAccount & Row;
      /** Keys of the counts that hold the attempt: whoever goes on gives it back. */
      counted: string[];
    }
  | Exclude<PasswordOutcome, { kind: "right" }>;

/**
 * Which counts a password goes to (contract, PASSWORD_ATTEMPTS_PER_HOUR): a browser that signed in to
 * this account before or is trusted by it and a trusted place have a count of their own, everyone else shares the
 * network's and the address's.
 */
function countsOf(email: string, client: Client, browserId: string, known: KnownAs): CountKey[] {
  const network = networkKeyOf(client);
  if (known.browserKnown) return [countKeys.passwordsInBrowser(email, ACCOUNT_SLOT, browserId)];
  if (known.networkTrusted) {
    return [countKeys.passwordsForAccountFrom(email, ACCOUNT_SLOT, network)];
  }
  // The network's first: made-up addresses from one network leave no more traces than its limit.
  return [countKeys.passwordsFrom(network), countKeys.passwordsFor(email)];
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

const nothingElse: AlsoRead = { columns: Prisma.empty, joined: Prisma.empty };

/**
 * Compares an e-mail and password. An unknown account, and one that must wait, cost the same; what they
 * read says nothing of an account.
 *
 * @param email as typed, already trimmed and in lower case
 * @param also what else is read of the account
 */
export async function comparePassword<Row>(
  email: string,
  password: string,
  client: Client,
  browserId: string,
  also: AlsoRead,
): Promise<ComparedPassword<Row>> {
  const now = readClock();
  const limit = env().passwordAttemptsPerHour;
  // Counted before the hash, so that many guesses at the same moment cannot all slip under the limit.
  const { account, counts } = await reservePassword<Row>(
    database,
    { email, ip: client.ip, browserId, now, limit },
    (known) => countsOf(email, client, browserId, known),
    also,
  );
  const counted = counts.filter(({ admitted }) => admitted).map(({ key }) => key);
  const refused = counts.find(({ admitted }) => !admitted);
  // What one count refuses counts towards none.
  if (refused !== undefined) await giveBack(database, counted.splice(0));
  // Not looked at where there were too many, and yet as slow: else the time would show it.
  const hash = refused === undefined ? (account?.passwordHash ?? null) : null;
  if ((await isPassword(hash, password)) && account !== null) {
    return { kind: "right", account, counted };
  }
  // Whoever learns nothing of a guess has not used it up.
  const saidUntil = await doCounted(database, counted, () => saidOfWrong(email, client, now));
  if (refused === undefined) return { kind: "wrong", saidUntil };
  return { kind: "too-many", until: saidUntil ?? roomFrom(refused, limit, now) };
}

/** Checks an e-mail and password; a right one does not count. */
export async function checkPassword(
  email: string,
  password: string,
  client: Client,
  browserId: string,
): Promise<PasswordOutcome> {
  const compared = await comparePassword(email, password, client, browserId, nothingElse);
  if (compared.kind !== "right") return compared;
  await giveBack(database, compared.counted);
  const { id, passwordChangedAt, passwordOff } = compared.account;
  return { kind: "right", accountId: id, passwordChangedAt, passwordOff };
}
