import { type NotifiedAccount, notifyCustomer } from "@/lib/account/notify-customer";
import type { Client } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import type { KindWith } from "@/lib/mail/kinds";

/**
 * Notifies a customer by mail of what a sign-in led to, in the same transaction.
 *
 * @param more the end of a block or wait, whether one known place alone waits, and the reference of a block
 */
export function sendNotice(
  tx: Database,
  kind: KindWith<{ isSecurity: true; carries: null }>,
  notified: NotifiedAccount,
  client: Client,
  now: Date,
  more: { until?: Date | null; waitsHere?: boolean; reference?: string } = {},
): Promise<void> {
  return notifyCustomer(tx, { kind, notified, client, now, ...more });
}
