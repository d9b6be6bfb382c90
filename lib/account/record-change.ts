import type { ActivityKind } from "@/lib/account/activity-kinds";
import type { Actor } from "@/lib/account/actor";
import { storeActivity } from "@/lib/account/change-store";
import {
  type CustomerNotification,
  type NotifiedAccount,
  notifyCustomer,
} from "@/lib/account/notify-customer";
import type { Client } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import type { About } from "@/lib/mail/facts";
import type { ChangeMailKind } from "@/lib/mail/kinds";

/** A change on an account, as it is recorded and notified. */
export type Change = Omit<CustomerNotification, "kind" | "client" | "challengeId"> & {
  kind: ActivityKind & ChangeMailKind;
  client: Client;
};

/**
 * Records a change among the account's activities and mails every confirmed address, in the
 * transaction of the change itself.
 */
export async function recordChange(tx: Database, change: Change): Promise<void> {
  const { kind, notified, client, now, about = {} } = change;
  await storeActivity(tx, { accountId: notified.accountId, kind, about, client, now });
  await notifyCustomer(tx, change);
}

/** Who is notified when a signed-in customer changes something. */
export function notifiedAccountOf({ session }: Pick<Actor, "session">): NotifiedAccount {
  const { id, email, locale, timeZone } = session.account;
  return { accountId: id, email, locale, timeZone };
}

/** Records, and notifies of, what a signed-in customer changed. */
export function recordOwnChange(
  tx: Database,
  actor: Actor,
  change: { kind: Change["kind"]; now: Date; about?: About } & Pick<
    Change,
    "undo" | "until" | "alsoTo"
  >,
): Promise<void> {
  const { client, session } = actor;
  return recordChange(tx, {
    ...change,
    notified: notifiedAccountOf(actor),
    client,
    since: session.createdAt,
  });
}
