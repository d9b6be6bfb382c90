import type { Actor } from "@/lib/account/actor";
import { storeActivity } from "@/lib/account/change-store";
import { notifiedAccountOf } from "@/lib/account/record-change";
import { readClock } from "@/lib/clock";
import { ASKED_PER_HOUR, FURTHER_ADDRESSES, HOURS_TO_CONFIRM } from "@/lib/contact/rules/limits";
import { sendRequest } from "@/lib/contact/send-request";
import { countAsked, countRequestTo, findAddresses, storeAddress } from "@/lib/contact/store";
import { type Database, database } from "@/lib/db/transaction";
import { afterHours } from "@/lib/moments";
import { type EmailError, typedEmail } from "@/lib/typed/email-address";

/** Why an account cannot have one more address, or not this one. */
export type AddressRefusal = "too-many" | "known" | "too-often";

async function refusalOf(
  tx: Database,
  account: { id: string; email: string },
  email: string,
  now: Date,
): Promise<AddressRefusal | null> {
  const addresses = await findAddresses(tx, account.id, now);
  if (email === account.email || addresses.some((one) => one.email === email)) return "known";
  if (addresses.length >= FURTHER_ADDRESSES) return "too-many";
  return (await countAsked(tx, account.id, "address", now)) >= ASKED_PER_HOUR ? "too-often" : null;
}

/** Checks the form that adds an address, before the password is looked at. Changes nothing. */
export async function checkAddress(
  session: Actor["session"],
  typed: string,
): Promise<{ email: string } | { error: EmailError | AddressRefusal }> {
  const read = typedEmail(typed);
  if ("error" in read) return read;
  const refusal = await refusalOf(database, session.account, read.email, readClock());
  return refusal === null ? read : { error: refusal };
}

/**
 * Asks a further address to confirm that it wants the account's codes and alerts, in the caller's
 * transaction and under the lock of the account. It counts for nothing before.
 */
export async function askAddress(
  tx: Database,
  actor: Actor,
  request: { email: string },
  now: Date,
): Promise<
  { kind: "address-asked"; email: string } | { kind: "address-refused"; because: AddressRefusal }
> {
  const { email } = request;
  const { client, session } = actor;
  const { accountId } = session;
  const because = await refusalOf(tx, session.account, email, now);
  if (because !== null) return { kind: "address-refused", because };
  if (!(await countRequestTo(tx, email, now))) {
    return { kind: "address-refused", because: "too-often" };
  }
  const until = afterHours(now, HOURS_TO_CONFIRM);
  const targetId = await storeAddress(tx, { accountId, email, createdAt: now, expiresAt: until });
  const about = { address: email };
  await storeActivity(tx, { accountId, kind: "address-asked", about, client, now });
  const notified = notifiedAccountOf(actor);
  await sendRequest(tx, {
    kind: "confirm-address",
    notified,
    recipient: email,
    targetId,
    about,
    client,
    now,
    until,
  });
  return { kind: "address-asked", email };
}
