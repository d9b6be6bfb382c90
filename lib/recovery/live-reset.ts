import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { judgeResetLink } from "@/lib/recovery/rules/judge-reset-link";
import { findReset } from "@/lib/recovery/store";
import { openLinkToken } from "@/lib/secrets/link-token";
import { maskEmail } from "@/lib/typed/mask-email";

/**
 * The link of a token as long as it works, with its account; null for a forged, expired, used or
 * superseded one. Changes nothing: mail scanners open links too.
 */
export async function findLiveReset(token: string | null) {
  const id = openLinkToken("password reset", token);
  const reset = id === null ? null : await findReset(database, id);
  if (reset === null) return null;
  const verdict = judgeResetLink({ ...reset, now: readClock() });
  if (verdict.kind === "live" && reset.account !== null)
    return { ...reset.account, resetId: reset.id };
  log.info({ outcome: verdict }, "dead reset link opened");
  return null;
}

/**
 * What the page of a live link shows: whose password it sets. The whole address is for password managers
 * alone: whoever holds the link got it there, and can set the password. Null for a link that does not work.
 */
export async function readResetPage(
  token: string | null,
): Promise<{ email: string; maskedEmail: string } | null> {
  const reset = await findLiveReset(token);
  return reset && { email: reset.email, maskedEmail: maskEmail(reset.email) };
}
