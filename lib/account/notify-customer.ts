import { type Audience, findAudience, type NewLink } from "@/lib/account/change-store";
import { enqueueNotice } from "@/lib/account/enqueue-notice";
import type { Notice } from "@/lib/account/notice";
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
  /** Of a wait: whether it is of one known place alone. */
  waitsHere?: boolean;
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
  /** Those of the addresses that are notified; all if left out. */
  onlyTo?: readonly string[];
  /** When nobody needs the mail any more; 3 days if left out. */
  usefulUntil?: Date;
};

/** New links "that was not me" of mails about something, one for each recipient, in their order. */
export function newNotMeLinks(
  notification: Pick<CustomerNotification, "client" | "now" | "undo" | "alsoTo"> & {
    kind: MailKind;
    trustedBefore: boolean;
  },
  recipients: string[],
): NewLink[] {
  const { kind, client, now, undo, trustedBefore, alsoTo = [] } = notification;
  const { ip, network } = client;
  return recipients.map((recipient) => ({
    ...newLinkKey("not-me"),
    purpose: "not-me",
    recipient,
    // Only the old address can undo a change of e-mail, and its link is not used up by others.
    targetId:
      undo?.kind === "email-change" && alsoTo.includes(recipient) ? undo.emailChangeId : undefined,
    notifiedOf: { mail: kind, ip, network, trustedBefore, undo },
    createdAt: now,
    expiresAt: afterDays(now, NOT_ME_LINK_DAYS),
  }));
}

/** The mails that notify a customer, with what was gathered of who hears of it. */
export function noticeOf(notification: CustomerNotification, audience: Audience): Notice {
  const { kind, notified, client, now, alsoTo = [], onlyTo } = notification;
  const { accountId, email, locale, timeZone } = notified;
  const { further, trustedBefore } = audience;
  const contact = notification.exceptContact ? [] : [email];
  const { ip, network } = client;
  const addresses = [...new Set([...contact, ...further, ...alsoTo])];
  return {
    kind,
    accountId,
    challengeId: notification.challengeId,
    recipients: addresses.filter((address) => onlyTo?.includes(address) ?? true),
    locale,
    timeZone,
    facts: {
      ...requestFacts(email, client, now),
      ...(notification.until ? { until: notification.until.toISOString() } : {}),
      ...(notification.waitsHere ? { waitsHere: true } : {}),
      ...(notification.reference ? { reference: notification.reference } : {}),
      ...(notification.about ? { about: notification.about } : {}),
      ...(notification.bySupport ? { bySupport: true } : {}),
    },
    usefulUntil: notification.usefulUntil ?? afterDays(now, NOTICE_USEFUL_DAYS),
    links: {
      notifiedOf: { mail: kind, ip, network, trustedBefore, undo: notification.undo },
      make: (some) => newNotMeLinks({ ...notification, trustedBefore }, some),
    },
    at: now,
  };
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
  const { notified, client, now, since = now } = notification;
  const filter = { accountId: notified.accountId, ip: client.ip, before: since };
  await enqueueNotice(tx, noticeOf(notification, await findAudience(tx, filter)));
}
