import { enqueueNotice } from "@/lib/account/enqueue-notice";
import type { Client } from "@/lib/client/client";
import { requestFacts } from "@/lib/client/mail-facts";
import type { Database } from "@/lib/db/transaction";
import type { About } from "@/lib/mail/facts";
import type { StudioMailKind } from "@/lib/mail/kinds";
import { NOTICE_USEFUL_DAYS } from "@/lib/mail/rules/limits";
import { afterDays } from "@/lib/moments";
import { findEditors } from "@/lib/templates/editor-store";

/** What editors are notified of. */
export type EditorNotification = {
  kind: StudioMailKind;
  /** Who knows already, or may do nothing about it. */
  except: string[];
  /** From where it was done; nobody's where it came by itself. */
  client: Client;
  about: About;
  now: Date;
};

/**
 * Notifies everybody who edits texts by mail, in the caller's transaction. Call it after every lock but the
 * audit log's: what counts the mails of a kind is locked for one person after the other, in one order.
 */
export async function notifyEditors(tx: Database, notification: EditorNotification): Promise<void> {
  const { kind, except, client, about, now } = notification;
  for (const { id: accountId, email, locale, timeZone } of await findEditors(tx)) {
    if (except.includes(accountId)) continue;
    await enqueueNotice(tx, {
      ...{ kind, accountId, recipients: [email], locale, timeZone },
      facts: { ...requestFacts(email, client, now), about },
      usefulUntil: afterDays(now, NOTICE_USEFUL_DAYS),
      // It is not about their account.
      links: null,
      at: now,
    });
  }
}
