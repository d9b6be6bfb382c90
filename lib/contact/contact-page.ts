import type { Actor } from "@/lib/account/actor";
import { readClock } from "@/lib/clock";
import { findOpenEmailChange } from "@/lib/contact/email-change-store";
import { FURTHER_ADDRESSES, HOURS_TO_CONFIRM } from "@/lib/contact/rules/limits";
import { findAddresses } from "@/lib/contact/store";
import { database } from "@/lib/db/transaction";

/** What `/account/contact` shows besides the account itself. */
export type ContactPage = {
  /** The change of the contact e-mail that waits, with what is still missing. */
  change: {
    newEmail: string;
    oldConfirmed: boolean;
    newConfirmed: boolean;
    until: Date;
  } | null;
  addresses: { id: string; email: string; confirmed: boolean; until: Date }[];
  /** Whether one more address can be added. */
  hasRoom: boolean;
  numbers: { addresses: number; hours: number };
};

/** Reads the addresses of an account for their page. Changes nothing. */
export async function readContactPage(session: Actor["session"]): Promise<ContactPage> {
  const now = readClock();
  const { accountId } = session;
  const change = await findOpenEmailChange(database, accountId, now);
  const addresses = await findAddresses(database, accountId, now);
  return {
    change: change && {
      newEmail: change.newEmail,
      oldConfirmed: change.oldConfirmedAt !== null,
      newConfirmed: change.newConfirmedAt !== null,
      until: change.expiresAt,
    },
    addresses: addresses.map(({ id, email, confirmedAt, expiresAt }) => ({
      id,
      email,
      confirmed: confirmedAt !== null,
      until: expiresAt,
    })),
    hasRoom: addresses.length < FURTHER_ADDRESSES,
    numbers: { addresses: FURTHER_ADDRESSES, hours: HOURS_TO_CONFIRM },
  };
}
