import { enqueueNotice } from "@/lib/account/enqueue-notice";
import type { Client } from "@/lib/client/client";
import { requestFacts } from "@/lib/client/mail-facts";
import { findAdmins } from "@/lib/colleagues/store";
import type { Database } from "@/lib/db/transaction";
import type { About } from "@/lib/mail/facts";
import type { StaffMailKind } from "@/lib/mail/kinds";
import { NOTICE_USEFUL_DAYS } from "@/lib/mail/rules/limits";
import { afterDays } from "@/lib/moments";

/** What all other admins are notified of. */
export type AdminNotification = {
  kind: StaffMailKind;
  /** Whoever did it, and whom it is about: the others are notified. */
  except: (string | null)[];
  /** From where it was done. */
  client: Client;
  about: About;
  /** Of a case: its number. */
  reference?: string;
  now: Date;
};

/**
 * Notifies every other admin by mail of what one of the staff did or tried that needs more than one
 * pair of eyes, in the caller's transaction. Call it after every lock but the audit log's: what
 * counts the mails of a kind is locked for one admin after the other, always in the same order.
 */
export async function notifyAdmins(tx: Database, notification: AdminNotification): Promise<void> {
  const { kind, except, client, about, reference, now } = notification;
  const admins = await findAdmins(tx);
  for (const { id: accountId, email, locale, timeZone } of admins) {
    if (except.includes(accountId)) continue;
    await enqueueNotice(tx, {
      kind,
      accountId,
      recipients: [email],
      locale,
      timeZone,
      facts: {
        ...requestFacts(email, client, now),
        about,
        ...(reference === undefined ? {} : { reference }),
        // The command on the server has no address of its own.
        ...(client.ip === null ? { bySupport: true } : {}),
      },
      usefulUntil: afterDays(now, NOTICE_USEFUL_DAYS),
      // It is not about their account.
      links: null,
      at: now,
    });
  }
}
