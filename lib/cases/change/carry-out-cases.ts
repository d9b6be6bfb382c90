import { findAddressHolder } from "@/lib/account/address-holder-store";
import { recordAudit } from "@/lib/audit/record-audit";
import { changeEmailByCase } from "@/lib/cases/change/carry-out-change";
import {
  type CaseKey,
  findDueCases,
  findDueReminders,
  wordWaits,
} from "@/lib/cases/change/carry-out-store";
import { type CaseOfAccount, endFactorsByCase } from "@/lib/cases/change/end-factors";
import { moveCase } from "@/lib/cases/change/move-case";
import { endCase } from "@/lib/cases/end-case";
import { notifyOwner } from "@/lib/cases/notify-of-case";
import { reviewAnew } from "@/lib/cases/review/review-anew";
import { isOfStaff } from "@/lib/cases/review/review-facts";
import { findApprovers } from "@/lib/cases/review/review-store";
import { isDue } from "@/lib/cases/rules/cooling-time";
import { staysApproved } from "@/lib/cases/rules/judge-decision";
import { type Lost, readLost } from "@/lib/cases/rules/lost";
import { changeCase } from "@/lib/cases/store";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import { type Database, database } from "@/lib/db/transaction";
import { hasFactor } from "@/lib/factors/factors-store";

/**
 * What becomes of a case that was due. `reopened`: the account is one of the staff by now, and not only
 * admins agreed; `not-yet`: the owner's mails wait; `no-longer`: somebody decided otherwise, or was first.
 */
type Moved = "done" | "taken" | "needless" | "reminded" | "reopened" | "not-yet" | "no-longer";

/**
 * Carries the change of every approved case out whose cooling time is over, one transaction each.
 * Safe to run several times at once.
 */
export async function carryOutCases(): Promise<void> {
  for (const due of await findDueCases(database, readClock())) await move(due, carryOutOne);
}

/**
 * Reminds the old addresses of every approved case of which half the cooling time is over, once each.
 * Safe to run several times at once.
 */
export async function remindOwners(): Promise<void> {
  for (const due of await findDueReminders(database, readClock())) await move(due, remindOne);
}

async function move(
  due: CaseKey,
  step: (tx: Database, found: CaseOfAccount, now: Date) => Promise<Moved>,
): Promise<void> {
  await moveCase(due, async (tx, found, now): Promise<Moved> => {
    const { state, accountId, account } = found;
    if (state !== "approved" || accountId === null || account === null) return "no-longer";
    return step(tx, { ...found, accountId, account }, now);
  });
}

async function carryOutOne(tx: Database, found: CaseOfAccount, now: Date): Promise<Moved> {
  const { id, reference, newEmail, coolsUntil } = found;
  const lost = readLost(found.lost);
  // Held from the start, unless another address was asked for since.
  if (newEmail !== null) await lockSubject(tx, subjects.signUp(newEmail));
  if (!isDue({ now, coolsUntil, wordWaits: false })) return "no-longer";
  if (!(await isStillApproved(tx, found))) {
    await reviewAnew(tx, found);
    return "reopened";
  }
  if (!isDue({ now, coolsUntil, wordWaits: await wordWaits(tx, id) })) return "not-yet";
  const carriedOut = await carryOutBy[lost](tx, found, now);
  if (carriedOut !== "done") return carriedOut;
  const subject = { kind: "case" as const, id };
  const action = "case-carried-out";
  await recordAudit(tx, "worker", { action, subject, details: { reference, lost }, now });
  return "done";
}

// Each in its own way; both under the locks of account and case.
const carryOutBy: Record<Lost, (tx: Database, found: CaseOfAccount, now: Date) => Promise<Moved>> =
  {
    "second-factor": async (tx, found, now) => {
      if (!(await hasFactor(tx, found.accountId))) {
        await endCase(tx, found, "needless", now);
        return "needless";
      }
      await endFactorsByCase(tx, found, now);
      return "done";
    },
    mailbox: async (tx, found, now) => {
      const { accountId, newEmail } = found;
      if (newEmail === null) return "no-longer";
      const holder = await findAddressHolder(tx, newEmail, now);
      if (holder !== null && holder.id !== accountId) {
        await endCase(tx, found, "taken", now);
        return "taken";
      }
      await changeEmailByCase(tx, { ...found, newEmail }, now);
      return "done";
    },
  };

async function isStillApproved(tx: Database, found: CaseOfAccount): Promise<boolean> {
  const approvers = await findApprovers(tx, { caseId: found.id, round: found.round });
  const admins = approvers.filter(({ role }) => role === "admin");
  const given = { all: approvers.length, byAdmins: admins.length };
  return staysApproved({ subjectIsStaff: isOfStaff(found), given });
}

async function remindOne(tx: Database, found: CaseOfAccount, now: Date): Promise<Moved> {
  const { remindAt, remindedAt, coolsUntil, account } = found;
  const isDue = remindAt !== null && remindAt <= now && remindedAt === null;
  if (!isDue || coolsUntil === null || coolsUntil <= now) return "no-longer";
  const reminded = await changeCase(tx, found, { remindedAt: now });
  await notifyOwner(tx, "case-reminder", reminded, account, { now, until: coolsUntil });
  return "reminded";
}
