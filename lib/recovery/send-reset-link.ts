import type { Client } from "@/lib/client/client";
import { requestFacts } from "@/lib/client/mail-facts";
import type { Database } from "@/lib/db/transaction";
import { defaultLocale } from "@/lib/i18n/locales";
import { enqueueMail } from "@/lib/mail/outbox";
import { afterMinutes } from "@/lib/moments";
import { RESET_LINK_MINUTES } from "@/lib/recovery/rules/limits";
import { storeReset } from "@/lib/recovery/store";
import { newLinkKey } from "@/lib/secrets/link-token";

/** Whose password a link sets, with what its mail needs. */
export type ResetAccount = { id: string; email: string; locale: string; timeZone: string | null };

/**
 * Makes a link that sets a new password and mails it to the contact e-mail alone, in the caller's
 * transaction.
 *
 * @param account null: an address without an account was typed; link and mail are for nobody
 * @param bySupport whether support asked for it, so that its mail names no client
 */
export async function sendResetLink(
  tx: Database,
  account: ResetAccount | null,
  client: Client,
  now: Date,
  bySupport = false,
): Promise<void> {
  const reset = newLinkKey("password reset");
  const expiresAt = afterMinutes(now, RESET_LINK_MINUTES);
  const accountId = account?.id ?? null;
  const recipient = account?.email ?? "";
  await storeReset(tx, { ...reset, accountId, createdAt: now, expiresAt });
  await enqueueMail(tx, {
    kind: "password-reset",
    accountId,
    link: { type: "password reset", id: reset.id },
    recipient,
    locale: account?.locale ?? defaultLocale,
    timeZone: account?.timeZone ?? client.timeZone,
    facts: {
      ...requestFacts(recipient, client, now),
      until: expiresAt.toISOString(),
      ...(bySupport ? { bySupport } : {}),
    },
    usefulUntil: expiresAt,
  });
}
