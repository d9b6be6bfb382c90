import { findAudience, storeLinks } from "@/lib/account/change-store";
import { shortestCoolingHours } from "@/lib/cases/rules/limits";
import { readLost } from "@/lib/cases/rules/lost";
import { detailsOf } from "@/lib/client/client";
import { requestFacts } from "@/lib/client/mail-facts";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import type { Locale } from "@/lib/i18n/locales";
import type { MailFacts } from "@/lib/mail/facts";
import type { ApplicantMailKind, OwnerMailKind } from "@/lib/mail/kinds";
import { mails } from "@/lib/mail/mails";
import { enqueueMail } from "@/lib/mail/outbox";
import { NOTICE_USEFUL_DAYS } from "@/lib/mail/rules/limits";
import { afterDays } from "@/lib/moments";
import { newLinkKey } from "@/lib/secrets/link-token";
import { maskEmail } from "@/lib/typed/mask-email";

/**
 * Days a link to object works; a case that takes longer is mailed of again before anything changes.
 */
const OBJECT_LINK_DAYS = 60;

/** A case as its mails need it. */
export type NotifiableCase = {
  id: string;
  reference: string;
  accountId: string | null;
  accountEmail: string;
  /** The account as it is now, where it is known. */
  account?: { email: string } | null;
  lost: string;
  newEmail: string | null;
  locale: string;
  ip: string | null;
  countryCode: string | null;
  userAgent: string;
};

type CaseNotification = {
  now: Date;
  /** When an approved change is carried out. */
  until?: Date | null;
  /** What staff wrote. */
  message?: string;
};

/** Mails are about the request, wherever what they are about was done. */
function factsOf(found: NotifiableCase, { now, until, message }: CaseNotification): MailFacts {
  const { accountEmail, reference } = found;
  return {
    ...requestFacts(accountEmail, detailsOf(found), now),
    reference,
    coolingHours: shortestCoolingHours(env()),
    ...(until ? { until: until.toISOString() } : {}),
    ...(message === undefined ? {} : { message }),
  };
}

// Of a lost second factor whoever asked and the owner read the same mailbox: what the owner is mailed of
// anyway goes there once.
const applicantKinds = {
  "case-question": "factors-case-question",
  "case-refused": "factors-case-refused",
} as const satisfies Partial<Record<ApplicantMailKind, ApplicantMailKind>>;

const ownerKinds: Partial<Record<OwnerMailKind, OwnerMailKind>> = {
  "case-opened": "factors-case-opened",
  "case-will-change": "factors-case-will-end",
  "case-reminder": "factors-case-will-end",
};

/** To whom a mail for whoever asked goes, and of which kind it is; null: none does. */
function toApplicant(
  kind: ApplicantMailKind,
  found: NotifiableCase,
): { kind: ApplicantMailKind; recipient: string } | null {
  const { accountId, accountEmail, account, newEmail } = found;
  if (readLost(found.lost) === "mailbox") {
    return newEmail === null ? null : { kind, recipient: newEmail };
  }
  const own = applicantKinds[kind as keyof typeof applicantKinds];
  // An address that was only typed gets no mail of ours.
  return accountId === null || own === undefined
    ? null
    : { kind: own, recipient: account?.email ?? accountEmail };
}

/**
 * Mails whoever asked, at the address they ask for, or at the account's own where its second factor is
 * lost, in the caller's transaction. Nothing is mailed where that address was never confirmed.
 */
export async function notifyApplicant(
  tx: Database,
  kind: ApplicantMailKind,
  found: NotifiableCase,
  notification: CaseNotification,
): Promise<void> {
  const to = toApplicant(kind, found);
  if (to === null) return;
  await enqueueMail(tx, {
    ...to,
    // A case is deleted with its account, and this mail may be what notifies of that.
    accountId: null,
    link: { type: "case", id: found.id },
    locale: found.locale,
    timeZone: null,
    facts: factsOf(found, notification),
    usefulUntil: afterDays(notification.now, NOTICE_USEFUL_DAYS),
  });
}

/**
 * Mails every address the account has, in the caller's transaction; where there is something to object
 * to, each mail has a link of its own. Nobody is mailed where the typed address has no account.
 *
 * @param owner the account as it is now; null: there is none
 * @param also addresses that were the account's until this very step
 */
export async function notifyOwner(
  tx: Database,
  kind: OwnerMailKind,
  found: NotifiableCase,
  owner: { email: string; locale: string; timeZone: string | null } | null,
  notification: CaseNotification & { also?: string[] },
): Promise<void> {
  const { accountId, newEmail } = found;
  if (accountId === null || owner === null) return;
  const isOfFactors = readLost(found.lost) === "second-factor";
  const mailKind = isOfFactors ? (ownerKinds[kind] ?? kind) : kind;
  const { now, also = [] } = notification;
  const { further } = await findAudience(tx, { accountId, ip: null, before: now });
  // Whoever reads the old mailbox must not learn where to find who asked.
  const about = newEmail === null ? {} : { address: maskEmail(newEmail) };
  const recipients = new Set([owner.email, ...further, ...also]);
  if (newEmail !== null) recipients.delete(newEmail);
  for (const recipient of recipients) {
    const type = mails[mailKind].carries;
    const link = type === null ? undefined : { ...newLinkKey(type), type };
    if (link !== undefined) {
      const { id, secretId, type: purpose } = link;
      const expiresAt = afterDays(now, OBJECT_LINK_DAYS);
      const row = { id, secretId, purpose, recipient };
      const times = { createdAt: now, expiresAt };
      await storeLinks(tx, accountId, [{ ...row, targetId: found.id, ...times }]);
    }
    await enqueueMail(tx, {
      kind: mailKind,
      accountId,
      link,
      recipient,
      locale: owner.locale as Locale,
      timeZone: owner.timeZone,
      facts: { ...factsOf(found, notification), about },
      usefulUntil: afterDays(now, NOTICE_USEFUL_DAYS),
    });
  }
}
