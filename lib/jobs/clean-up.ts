import { sweepOfDocuments } from "@/lib/cases/documents/document-store";
import { DOCUMENTS_KEPT_DAYS } from "@/lib/cases/rules/limits";
import { readClock } from "@/lib/clock";
import { eraseClosedAccounts } from "@/lib/closing/erase-closed-accounts";
import { cookieSeconds } from "@/lib/cookies/cookies";
import { type OldRows, sweepInTurns, sweepOf } from "@/lib/db/sweep";
import { sweepOfAppSeals } from "@/lib/factors/app-seals-store";
import { FIGURES_KEPT_DAYS } from "@/lib/figures/rules/limits";
import { Prisma } from "@/lib/generated/prisma/client";
import { ENDED_KEPT_DAYS } from "@/lib/heartbeat/rules/limits";
import { deleteEndedProcesses } from "@/lib/heartbeat/store";
import { oldFeedback } from "@/lib/help/store";
import { HISTORY_DAYS } from "@/lib/history/rules/limits";
import { afterDays, afterHours, afterMinutes } from "@/lib/moments";
import { SESSION_MAX_DAYS } from "@/lib/secrets/limits";

/** Days that comments on help articles, and questions that were declined, are kept. */
const FEEDBACK_KEPT_DAYS = 365;
/** Days that it is kept when texts of mails could not be sent; their editors see a week. */
const FALLBACKS_KEPT_DAYS = 90;
/** Days that outages of mail and the canary's sign-ins are kept. */
const WATCH_KEPT_DAYS = 90;
const SECONDS_A_DAY = 24 * 60 * 60;

/** What no rule looks at any more but mails, by table. The words of `only` are those of its index. */
export function oldRowsAt(now: Date): OldRows[] {
  // A day more than anything is needed: pending sign-ins explain themselves for an hour after their
  // code, hourly limits look back an hour, and counts of wrong codes end with their block.
  const dayAgo = afterDays(now, -1);
  const purged = afterDays(now, -DOCUMENTS_KEPT_DAYS);
  // The cookie that would bring the browser back lives no longer.
  const browserLife = afterDays(now, -cookieSeconds.browser / SECONDS_A_DAY);
  return [
    { table: "challenge", by: "expires_at", before: dayAgo },
    { table: "passkey_ceremony", by: "expires_at", before: dayAgo },
    { table: "password_reset", by: "expires_at", before: dayAgo },
    { table: "rate_window", by: "asked_at", before: dayAgo },
    {
      ...{ table: "code_attempts", by: "last_wrong_at", before: dayAgo },
      only: Prisma.sql`(blocked_until IS NULL OR blocked_until < ${dayAgo}::timestamptz)`,
    },
    { table: "sign_in_judgement", by: "at", before: afterDays(now, -HISTORY_DAYS) },
    { table: "session", by: "created_at", before: afterDays(now, -SESSION_MAX_DAYS) },
    { table: "trusted_browser", by: "expires_at", before: dayAgo },
    {
      ...{ table: "further_address", by: "expires_at", before: dayAgo },
      only: Prisma.sql`confirmed_at IS NULL`,
    },
    {
      ...{ table: "email_change", by: "expires_at", before: dayAgo },
      only: Prisma.sql`(undo_until IS NULL OR undo_until < ${dayAgo}::timestamptz)`,
    },
    {
      ...{ table: "authenticator_app", by: "created_at", before: dayAgo },
      only: Prisma.sql`confirmed_at IS NULL`,
    },
    { table: "account_link", by: "expires_at", before: dayAgo },
    { table: "notice_window", by: "began_at", before: dayAgo },
    {
      ...{ table: "recovery_case", by: "expires_at", before: dayAgo },
      only: Prisma.sql`state = 'draft'`,
    },
    // What belongs to no account is deleted with none.
    {
      ...{ table: "recovery_case", by: "ended_at", before: purged },
      only: Prisma.sql`account_id IS NULL`,
    },
    { table: "staff_invitation", by: "expires_at", before: dayAgo },
    ...oldFeedback(afterDays(now, -FEEDBACK_KEPT_DAYS)),
    { table: "seen_browser", by: "last_seen_at", before: browserLife },
    { table: "mail_outage", by: "ended_at", before: afterDays(now, -WATCH_KEPT_DAYS) },
    { table: "canary_run", by: "began_at", before: afterDays(now, -WATCH_KEPT_DAYS) },
    { table: "template_fallback", by: "last_at", before: afterDays(now, -FALLBACKS_KEPT_DAYS) },
    { table: "figure_quarter", by: "at", before: afterDays(now, -FIGURES_KEPT_DAYS) },
    // By the index of tickets: almost no session has one.
    {
      ...{ table: "session", by: "ticket_expires_at", before: afterHours(now, -1) },
      only: Prisma.sql`ticket_hash IS NOT NULL`,
    },
  ];
}

/**
 * Deletes what no rule looks at any more, and seals keys of apps anew, in batches. Safe to run at any time, twice and on several
 * machines.
 *
 * @param signal ends it behind the batch under way; the next run goes on from there
 */
export async function cleanUp(signal?: AbortSignal): Promise<void> {
  try {
    const now = readClock();
    const documents = sweepOfDocuments(afterDays(now, -DOCUMENTS_KEPT_DAYS));
    await sweepInTurns([...oldRowsAt(now).map(sweepOf), documents, sweepOfAppSeals()], signal);
  } finally {
    await eraseClosedAccounts();
    await deleteEndedProcesses(ENDED_KEPT_DAYS);
  }
}

/** What is forgotten each minute. */
export const oldAnswersAt = (now: Date): OldRows[] => [
  { table: "form_press", by: "pressed_at", before: afterMinutes(now, -1) },
  { table: "returned_input", by: "expires_at", before: now },
];

/**
 * Deletes the answers that were kept for forms sent twice, of which none is given again after a minute,
 * and what was typed into refused forms whose pages were never asked for.
 */
export async function forgetAnswers(signal?: AbortSignal): Promise<void> {
  await sweepInTurns(oldAnswersAt(readClock()).map(sweepOf), signal);
}
