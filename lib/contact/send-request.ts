import { storeLinks } from "@/lib/account/change-store";
import type { NotifiedAccount } from "@/lib/account/notify-customer";
import type { Client } from "@/lib/client/client";
import { requestFacts } from "@/lib/client/mail-facts";
import type { Database } from "@/lib/db/transaction";
import type { About } from "@/lib/mail/facts";
import type { ConfirmingMailKind } from "@/lib/mail/kinds";
import { enqueueMail } from "@/lib/mail/outbox";
import { newLinkKey } from "@/lib/secrets/link-token";

/** A request to confirm an address. */
export type ConfirmRequest = {
  kind: ConfirmingMailKind;
  notified: NotifiedAccount;
  recipient: string;
  /** The further address or the change of e-mail. */
  targetId: string;
  about?: About;
  /** The link of "that was not me", where the recipient is the account's owner. */
  notMeId?: string;
  client: Client;
  now: Date;
  until: Date;
};

/** Mails an address a link to the page that confirms it, in the caller's transaction. */
export async function sendRequest(tx: Database, request: ConfirmRequest): Promise<void> {
  const { kind, notified, recipient, targetId, about, notMeId, client, now, until } = request;
  const { accountId, email, locale, timeZone } = notified;
  const link = newLinkKey(kind);
  const times = { createdAt: now, expiresAt: until };
  await storeLinks(tx, accountId, [{ ...link, purpose: kind, recipient, targetId, ...times }]);
  await enqueueMail(tx, {
    kind,
    accountId,
    link: { type: kind, id: link.id },
    notMeId,
    recipient,
    locale,
    timeZone,
    facts: {
      ...requestFacts(email, client, now),
      until: until.toISOString(),
      ...(about ? { about } : {}),
    },
    usefulUntil: until,
  });
}
