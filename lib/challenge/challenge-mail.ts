import { claimDailyMail } from "@/lib/account/daily-mail-store";
import { type CustomerNotification, notifyCustomer } from "@/lib/account/notify-customer";
import { isStaffRole } from "@/lib/account/roles";
import { isDecoy, type Whose } from "@/lib/challenge/rules/purposes";
import { type Client, makeClient } from "@/lib/client/client";
import { requestFacts } from "@/lib/client/mail-facts";
import { networkOfKey } from "@/lib/client/network-key";
import type { Database } from "@/lib/db/transaction";
import type { Locale } from "@/lib/i18n/locales";
import { enqueueMail } from "@/lib/mail/outbox";
import { HOURS_BETWEEN_WARNINGS, NOTICE_USEFUL_DAYS } from "@/lib/mail/rules/limits";
import { hasMailTo } from "@/lib/mail/warning-store";
import { afterDays, afterHours } from "@/lib/moments";

/** What a challenge's mail needs of it. */
export type MailedChallenge = Whose & {
  id: string;
  email: string;
  locale: string;
  expiresAt: Date;
  ip: string | null;
  network: string;
  userAgent: string;
  /** What the browser says that asked for it: of use where the account has none. */
  timeZone: string | null;
};

/** Who asked for the code: a mail sent again says the same, wherever it was asked for again. */
const askedBy = ({ ip, network, userAgent }: MailedChallenge): Client =>
  makeClient({ ip, network: networkOfKey(network), userAgent });

/**
 * Mails a challenge's code, the first time or again.
 *
 * @param onlyTo of an account: those of its addresses that get it; left out: all of them
 */
export async function sendChallengeMail(
  tx: Database,
  challenge: MailedChallenge,
  now: Date,
  onlyTo?: string[],
): Promise<void> {
  switch (challenge.purpose) {
    case "sign-in":
    case "widening":
      return notifyCustomer(tx, { ...codeNotification(challenge, now), onlyTo });
    case "sign-up":
      return isDecoy(challenge)
        ? mailHolder(tx, challenge, now)
        : mailAddress(tx, challenge, "sign-up-code", now);
    case "new-address":
      return mailAddress(tx, challenge, "new-address-code", now);
  }
}

/** What an account is notified of with the code of a challenge. */
export function codeNotification(
  challenge: Extract<MailedChallenge, { purpose: "sign-in" | "widening" }>,
  now: Date,
): CustomerNotification {
  const { id: challengeId, accountId, account, email, expiresAt } = challenge;
  const { locale } = account;
  const timeZone = account.timeZone ?? challenge.timeZone;
  return {
    ...(challenge.purpose === "sign-in"
      ? { kind: "sign-in-code", about: aboutRole(challenge.account.role) }
      : { kind: "widening-code" }),
    notified: { accountId, email, locale, timeZone },
    client: askedBy(challenge),
    now,
    challengeId,
    until: expiresAt,
    usefulUntil: expiresAt,
  };
}

const aboutRole = (role: string) => (isStaffRole(role) ? { role } : undefined);

/** Facts and recipient of a mail that goes to the challenge's address alone. */
function toAddress(challenge: MailedChallenge, now: Date) {
  const { id: challengeId, accountId, account, email } = challenge;
  return {
    accountId,
    recipient: email,
    locale: (account?.locale ?? challenge.locale) as Locale,
    timeZone: account?.timeZone ?? challenge.timeZone,
    challengeId,
    facts: requestFacts(email, askedBy(challenge), now),
  };
}

async function mailAddress(
  tx: Database,
  challenge: MailedChallenge,
  kind: "sign-up-code" | "new-address-code",
  now: Date,
): Promise<void> {
  const { expiresAt: usefulUntil } = challenge;
  const { facts, ...mail } = toAddress(challenge, now);
  const until = usefulUntil.toISOString();
  await enqueueMail(tx, { ...mail, kind, facts: { ...facts, until }, usefulUntil });
}

/**
 * Notifies the holder of an address that somebody signed up with it, at most once a day at each
 * address.
 */
async function mailHolder(tx: Database, challenge: MailedChallenge, now: Date): Promise<void> {
  const { email: recipient } = challenge;
  const accountId = challenge.accountId ?? "";
  const since = afterHours(now, -HOURS_BETWEEN_WARNINGS);
  const notifies =
    (await claimDailyMail(tx, accountId, "toldOfSignUpAt", HOURS_BETWEEN_WARNINGS, now)) ||
    // Notified at another address: what becomes of a mail at this one is not known.
    !(await hasMailTo(tx, { accountId, recipient, since }));
  await enqueueMail(tx, {
    ...toAddress(challenge, now),
    // Nobody's is not sent, and goes its way in `/verify` like any other.
    accountId: notifies ? accountId : null,
    kind: "already-have-account",
    usefulUntil: notifies ? afterDays(now, NOTICE_USEFUL_DAYS) : challenge.expiresAt,
  });
}
