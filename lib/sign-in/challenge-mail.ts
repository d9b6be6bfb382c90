import type { Locale } from "@/lib/i18n/locales";
import { enqueueMail } from "@/lib/mail/outbox";
import { isDecoy } from "@/lib/sign-in/challenge-store";
import type { Client } from "@/lib/sign-in/client";
import { requestFacts } from "@/lib/sign-in/mail-facts";
import { afterDays, HOURS_BETWEEN_WARNINGS, NOTICE_USEFUL_DAYS } from "@/lib/sign-in/rules/limits";
import { claimDailyMail, type Database } from "@/lib/sign-in/store";

/** What a challenge's mail needs of it. */
export type MailedChallenge = {
  id: string;
  purpose: string;
  accountId: string | null;
  email: string;
  locale: string;
  expiresAt: Date;
  account: { locale: string; timeZone: string | null } | null;
};

/**
 * Mails a challenge's code, the first time or again. The owner of an address that somebody signed up
 * with is told so instead, at most once a day.
 */
export async function sendChallengeMail(
  tx: Database,
  challenge: MailedChallenge,
  client: Client,
  at: Date,
): Promise<void> {
  const common = {
    accountId: challenge.accountId,
    recipient: challenge.email,
    locale: (challenge.account?.locale ?? challenge.locale) as Locale,
    timeZone: challenge.account?.timeZone ?? null,
  };
  const facts = requestFacts(challenge.email, client, at);
  if (isDecoy(challenge)) {
    const owner = challenge.accountId ?? "";
    if (!(await claimDailyMail(tx, owner, "toldOfSignUpAt", HOURS_BETWEEN_WARNINGS, at))) return;
    const usefulUntil = afterDays(at, NOTICE_USEFUL_DAYS);
    await enqueueMail(tx, {
      ...common,
      kind: "already-have-account",

      facts,
      usefulUntil,
    });
    return;
  }
  await enqueueMail(tx, {
    ...common,
    kind: challenge.purpose === "sign-up" ? "sign-up-code" : "sign-in-code",
    challengeId: challenge.id,
    facts: { ...facts, until: challenge.expiresAt.toISOString() },
    usefulUntil: challenge.expiresAt,
  });
}
