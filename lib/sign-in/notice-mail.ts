import type { Locale } from "@/lib/i18n/locales";
import type { MailKind } from "@/lib/mail/facts";
import { enqueueMail } from "@/lib/mail/outbox";
import type { Client } from "@/lib/sign-in/client";
import { requestFacts } from "@/lib/sign-in/mail-facts";
import { afterDays, NOTICE_USEFUL_DAYS } from "@/lib/sign-in/rules/limits";
import type { Database } from "@/lib/sign-in/store";

/** Who is told: an account as its mails need it. */
export type Told = { accountId: string; email: string; locale: string; timeZone: string | null };

/**
 * Tells a customer by mail of what happened to their account, in the same transaction.
 *
 * @param more the end of a block or wait, and the reference of a block
 */
export async function sendNotice(
  tx: Database,
  kind: Exclude<
    MailKind,
    "sign-in-code" | "sign-up-code" | "password-reset" | "already-have-account"
  >,
  told: Told,
  client: Client,
  at: Date,
  more: { until?: Date | null; reference?: string } = {},
): Promise<void> {
  await enqueueMail(tx, {
    kind,
    accountId: told.accountId,
    recipient: told.email,
    locale: told.locale as Locale,
    timeZone: told.timeZone,
    facts: {
      ...requestFacts(told.email, client, at),
      ...(more.until ? { until: more.until.toISOString() } : {}),
      ...(more.reference ? { reference: more.reference } : {}),
    },
    usefulUntil: afterDays(at, NOTICE_USEFUL_DAYS),
  });
}
