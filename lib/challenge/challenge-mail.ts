import { tellCustomer } from "@/lib/account/tell-customer";
import { isDecoy } from "@/lib/challenge/challenge-store";
import type { Locale } from "@/lib/i18n/locales";
import { enqueueMail } from "@/lib/mail/outbox";
import { hasMailTo } from "@/lib/mail/warning-store";
import { deviceOf } from "@/lib/sign-in/device-name";
import { requestFacts } from "@/lib/sign-in/mail-facts";
import { countryCodeOf } from "@/lib/sign-in/place-name";
import {
  afterDays,
  afterHours,
  HOURS_BETWEEN_WARNINGS,
  NOTICE_USEFUL_DAYS,
} from "@/lib/sign-in/rules/limits";
import { claimDailyMail, type Database } from "@/lib/sign-in/store";
import { isStaffRole } from "@/lib/staff/roles";

/** What a challenge's mail needs of it. */
export type MailedChallenge = {
  id: string;
  purpose: string;
  accountId: string | null;
  email: string;
  locale: string;
  expiresAt: Date;
  ip: string | null;
  place: string;
  userAgent: string;
  /** The role where a sign-in is meant: staff are asked for a code everywhere. */
  account: { locale: string; timeZone: string | null; role?: string } | null;
};

/** Who asked for the code: a mail sent again tells the same, wherever it was asked for again. */
function askedBy({ ip, place, userAgent }: MailedChallenge) {
  const network = place === "unknown" ? null : place;
  return {
    ip,
    network,
    countryCode: ip === null ? null : countryCodeOf(ip),
    ...deviceOf(userAgent),
  };
}

/**
 * Mails a challenge's code, the first time or again; that of an account to all its addresses. The owner of an address that somebody signed up
 * with is told so instead, at most once a day at each address.
 */
export async function sendChallengeMail(
  tx: Database,
  challenge: MailedChallenge,
  at: Date,
): Promise<void> {
  const common = {
    accountId: challenge.accountId,
    recipient: challenge.email,
    locale: (challenge.account?.locale ?? challenge.locale) as Locale,
    timeZone: challenge.account?.timeZone ?? null,
  };
  const facts = requestFacts(challenge.email, askedBy(challenge), at);
  if (isDecoy(challenge)) {
    const owner = challenge.accountId ?? "";
    const since = afterHours(at, -HOURS_BETWEEN_WARNINGS);
    const tells =
      (await claimDailyMail(tx, owner, "toldOfSignUpAt", HOURS_BETWEEN_WARNINGS, at)) ||
      // Told at another address: what becomes of a mail at this one is not known.
      !(await hasMailTo(tx, { accountId: owner, recipient: challenge.email, since }));
    await enqueueMail(tx, {
      ...common,
      // Nobody's is not sent, and goes its way in `/verify` like any other.
      accountId: tells ? owner : null,
      kind: "already-have-account",
      challengeId: challenge.id,
      facts,
      usefulUntil: tells ? afterDays(at, NOTICE_USEFUL_DAYS) : challenge.expiresAt,
    });
    return;
  }
  const { accountId, account, purpose, expiresAt } = challenge;
  if (purpose === "sign-up" || accountId === null || account === null) {
    await enqueueMail(tx, {
      ...common,
      kind: purpose === "new-address" ? "new-address-code" : "sign-up-code",
      challengeId: challenge.id,
      facts: { ...facts, until: expiresAt.toISOString() },
      usefulUntil: expiresAt,
    });
    return;
  }
  await tellCustomer(tx, {
    kind: purpose === "widening" ? "widening-code" : "sign-in-code",
    told: { accountId, email: challenge.email, ...account },
    client: askedBy(challenge),
    at,
    challengeId: challenge.id,
    about: purpose === "sign-in" && isStaffRole(account.role) ? { role: account.role } : undefined,
    until: expiresAt,
    usefulUntil: expiresAt,
  });
}
