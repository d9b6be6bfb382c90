import { DOCUMENTS_KEPT_DAYS } from "@/lib/cases/rules/limits";
import { readClock } from "@/lib/clock";
import { eraseClosedAccounts } from "@/lib/closing/erase-closed-accounts";
import { cookieSeconds } from "@/lib/cookies/cookies";
import { db } from "@/lib/db/client";
import { eraseOldInputs } from "@/lib/forms/returned-input";
import { ENDED_KEPT_DAYS } from "@/lib/heartbeat/rules/limits";
import { deleteEndedProcesses } from "@/lib/heartbeat/store";
import { deleteOldFeedback } from "@/lib/help/store";
import { HISTORY_DAYS } from "@/lib/history/rules/limits";
import { afterDays, afterHours, afterMinutes } from "@/lib/moments";
import { SESSION_MAX_DAYS } from "@/lib/secrets/limits";
import { deletePressesBefore } from "@/lib/server/once/press-store";

/** Days that comments on help articles, and questions that were declined, are kept. */
const FEEDBACK_KEPT_DAYS = 365;
const SECONDS_A_DAY = 24 * 60 * 60;

/** Deletes what no rule looks at any more. Safe to run at any time, twice and on several machines. */
export async function cleanUp(): Promise<void> {
  const now = readClock();
  // A day more than anything is needed: pending sign-ins explain themselves for an hour after their
  // code, hourly limits look back an hour, and counts of wrong codes end with their block.
  const dayAgo = afterDays(now, -1);
  await db.challenge.deleteMany({ where: { expiresAt: { lt: dayAgo } } });
  await db.passwordReset.deleteMany({ where: { expiresAt: { lt: dayAgo } } });
  await db.rateWindow.deleteMany({ where: { askedAt: { lt: dayAgo } } });
  await db.codeAttempts.deleteMany({
    where: {
      lastWrongAt: { lt: dayAgo },
      OR: [{ blockedUntil: null }, { blockedUntil: { lt: dayAgo } }],
    },
  });
  await db.signInJudgement.deleteMany({ where: { at: { lt: afterDays(now, -HISTORY_DAYS) } } });
  await db.session.deleteMany({ where: { createdAt: { lt: afterDays(now, -SESSION_MAX_DAYS) } } });
  await db.trustedBrowser.deleteMany({ where: { expiresAt: { lt: dayAgo } } });
  const unconfirmed = { confirmedAt: null, expiresAt: { lt: dayAgo } };
  await db.furtherAddress.deleteMany({ where: unconfirmed });
  await db.emailChange.deleteMany({
    where: {
      expiresAt: { lt: dayAgo },
      OR: [{ undoUntil: null }, { undoUntil: { lt: dayAgo } }],
    },
  });
  await db.accountLink.deleteMany({ where: { expiresAt: { lt: dayAgo } } });
  await db.noticeWindow.deleteMany({ where: { beganAt: { lt: dayAgo } } });
  await db.recoveryCase.deleteMany({ where: { state: "draft", expiresAt: { lt: dayAgo } } });
  const purged = afterDays(now, -DOCUMENTS_KEPT_DAYS);
  await db.caseDocument.updateMany({
    where: { sealed: { not: null }, case: { endedAt: { lt: purged } } },
    data: { sealed: null },
  });
  // What belongs to no account is deleted with none.
  await db.recoveryCase.deleteMany({ where: { accountId: null, endedAt: { lt: purged } } });
  await db.staffInvitation.deleteMany({ where: { expiresAt: { lt: dayAgo } } });
  await deleteOldFeedback(afterDays(now, -FEEDBACK_KEPT_DAYS));
  await eraseClosedAccounts();
  // The cookie that would bring the browser back lives no longer.
  const browserLife = afterDays(now, -cookieSeconds.browser / SECONDS_A_DAY);
  await db.seenBrowser.deleteMany({ where: { lastSeenAt: { lt: browserLife } } });
  await deleteEndedProcesses(ENDED_KEPT_DAYS);
  // By the index of tickets: almost no session has one.
  await db.session.deleteMany({
    where: { ticketHash: { not: null }, ticketExpiresAt: { lt: afterHours(now, -1) } },
  });
}

/**
 * Deletes the answers that were kept for forms sent twice, of which none is given again after a minute,
 * and what was typed into refused forms whose pages were never asked for.
 */
export async function forgetAnswers(): Promise<void> {
  await deletePressesBefore(afterMinutes(readClock(), -1));
  await eraseOldInputs();
}
