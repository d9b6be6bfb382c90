import { findAudience, storeLinks } from "@/lib/account/change-store";
import { enqueueNotice } from "@/lib/account/enqueue-notice";
import type { Undo } from "@/lib/account/rules/notified-of";
import type { Client } from "@/lib/client/client";
import { requestFacts } from "@/lib/client/mail-facts";
import type { Database } from "@/lib/db/transaction";
import type { About } from "@/lib/mail/facts";
import type { MailKind, SecurityMailKind } from "@/lib/mail/kinds";
import { NOT_ME_LINK_DAYS, NOTICE_USEFUL_DAYS } from "@/lib/mail/rules/limits";
import { afterDays } from "@/lib/moments";
import { newLinkKey } from "@/lib/secrets/link-token";

/** Who is notified: an account as its mails need it. */
export type NotifiedAccount = {
  accountId: string;
  email: string;
  locale: string;
  timeZone: string | null;
};

/** What an account is notified of. */
export type CustomerNotification = {
  kind: SecurityMailKind;
  notified: NotifiedAccount;
  client: Omit<Client, "userAgent">;
  now: Date;
  /** When the sign-in happened that this is about: networks trusted before it were trusted already. */
  since?: Date;
  until?: Date | null;
  reference?: string;
  about?: About;
  /** Whether support did it. */
  bySupport?: boolean;
  /** Of a mail with a code: whose. */
  challengeId?: string;
  /** What "that was not me" undoes besides all else. */
  undo?: Undo;
  /** Leaves the contact e-mail out, because it is written to otherwise. */
  exceptContact?: boolean;
  /** Addresses that are notified too although they are not, or no longer, the account's. */
  alsoTo?: string[];
  /** When nobody needs the mail any more; 3 days if left out. */
  usefulUntil?: Date;
};

/**
 * Makes the links "that was not me" of mails that are about to be enqueued, one for each recipient.
 *
 * @returns their ids, in the order of the recipients
 */
export async function storeNotMeLinks(
  tx: Database,
  notification: Pick<CustomerNotification, "notified" | "client" | "now" | "undo" | "alsoTo"> & {
    kind: MailKind;
    trustedBefore: boolean;
  },
  recipients: string[],
): Promise<{ id: string; recipient: string }[]> {
  const { kind, notified, client, now, undo, trustedBefore, alsoTo = [] } = notification;
  const { ip, network } = client;
  const links = recipients.map((recipient) => ({
    ...newLinkKey("not-me"),
    accountId: notified.accountId,
    purpose: "not-me" as const,
    recipient,
    // Only the old address can undo a change of e-mail, and its link is not used up by others.
    targetId:
      undo?.kind === "email-change" && alsoTo.includes(recipient) ? undo.emailChangeId : undefined,
    notifiedOf: { mail: kind, ip, network, trustedBefore, undo },
    createdAt: now,
    expiresAt: afterDays(now, NOT_ME_LINK_DAYS),
  }));
  if (links.length > 0) await storeLinks(tx, links);
  return links;
}

/**
 * Notifies a customer by mail of what happened to their account, in the caller's transaction: every
 * confirmed address gets the mail, with a link "that was not me" that only this mail carries. What
 * happens too often comes in one mail later (`enqueueNotice`).
 */
export async function notifyCustomer(
  tx: Database,
  notification: CustomerNotification,
): Promise<void> {
  const { kind, notified, client, now, since = now, alsoTo = [] } = notification;
  const { accountId, email, locale, timeZone } = notified;
  const filter = { accountId, ip: client.ip, before: since };
  const { further, trustedBefore } = await findAudience(tx, filter);
  const contact = notification.exceptContact ? [] : [email];
  const recipients = [...new Set([...contact, ...further, ...alsoTo])];
  const { ip, network } = client;
  await enqueueNotice(tx, {
    kind,
    accountId,
    challengeId: notification.challengeId,
    recipients,
    locale,
    timeZone,
    facts: {
      ...requestFacts(email, client, now),
      ...(notification.until ? { until: notification.until.toISOString() } : {}),
      ...(notification.reference ? { reference: notification.reference } : {}),
      ...(notification.about ? { about: notification.about } : {}),
      ...(notification.bySupport ? { bySupport: true } : {}),
    },
    usefulUntil: notification.usefulUntil ?? afterDays(now, NOTICE_USEFUL_DAYS),
    links: {
      notifiedOf: { mail: kind, ip, network, trustedBefore, undo: notification.undo },
      make: (some) => storeNotMeLinks(tx, { ...notification, trustedBefore }, some),
    },
    at: now,
  });
}
