import { randomUUID } from "node:crypto";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { countKeys } from "@/lib/db/subjects";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { countRequest, doCounted, type RateLimit } from "@/lib/rate-limit/rate-window";
import {
  RESETS_PER_ADDRESS_PER_HOUR,
  RESETS_PER_HOUR,
  RESETS_PER_NETWORK_PER_HOUR,
} from "@/lib/recovery/rules/limits";
import { sendResetLink } from "@/lib/recovery/send-reset-link";
import { findResetAccount } from "@/lib/recovery/store";

/** The count of an address, whoever asks for its link. */
export function addressLimit(email: string): RateLimit {
  return { ...countKeys.resetsFor(email), limit: RESETS_PER_ADDRESS_PER_HOUR };
}

function limitsFor(email: string, client: Client, hasAccount: boolean): RateLimit[] {
  // The network's first: made-up addresses from one network leave no more traces than its limit. All
  // together last: what a network or an address may not ask for takes nothing from the others.
  return [
    { ...countKeys.resetsFrom(networkKeyOf(client)), limit: RESETS_PER_NETWORK_PER_HOUR },
    addressLimit(email),
    // Apart: made-up addresses, of which anybody has as many as they like, take nothing from customers.
    { ...countKeys.resets(hasAccount), limit: RESETS_PER_HOUR },
  ];
}

/**
 * Mails a link to set a new password to the account of an address, if there is one. The caller learns
 * nothing, and an address without an account takes the same statements: its link and mail are for
 * nobody, and the worker drops the mail.
 *
 * @param email as typed, already trimmed and in lower case
 * @throws when the database cannot be reached
 */
export async function requestReset(email: string, client: Client): Promise<void> {
  const now = readClock();
  const hasAccount = (await findResetAccount(database, email)) !== null;
  const limits = limitsFor(email, client, hasAccount);
  const admission = await countRequest(database, limits, now);
  log.info({ network: networkKeyOf(client), outcome: admission.kind }, "reset link asked for");
  if (admission.kind === "refused") return;
  const keys = limits.map(({ key }) => key);
  await doCounted(database, keys, () => inTransaction((tx) => sendLink(tx, email, client, now)));
}

async function sendLink(tx: Database, email: string, client: Client, now: Date): Promise<void> {
  const first = await findResetAccount(tx, email);
  // Another contact e-mail, or the end of all links, comes before this one or ends it. An address
  // without an account takes the same statements.
  await lockSubject(tx, first?.id ?? randomUUID());
  const account = await findResetAccount(tx, email);
  await sendResetLink(tx, account?.id === first?.id ? account : null, client, now);
}
