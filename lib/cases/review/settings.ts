import { asSignedIn } from "@/lib/account/as-signed-in";
import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { findSetting, storeSetting } from "@/lib/cases/review/settings-store";
import { APPROVALS_NEEDED } from "@/lib/cases/rules/limits";
import { notifyAdmins } from "@/lib/colleagues/notify-admins";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import { type Database, database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";

const NAME = "case-approvals";

/** How many members of staff can be set to be enough, the careful choice first. */
export const approvalChoices: readonly number[] = [APPROVALS_NEEDED, 1];

/** How many members of staff decide about a case after an objection, whatever is set. */
export const approvalsAfterObjection = APPROVALS_NEEDED;

/** How many members of staff must agree to a case, as an admin set it; two until then. */
export async function findApprovalsNeeded(database: Database): Promise<number> {
  const stored = await findSetting(database, NAME);
  return approvalChoices.find((choice) => choice === stored) ?? APPROVALS_NEEDED;
}

/** What is set now, for the page that changes it. */
export const readApprovalsNeeded = (): Promise<number> => findApprovalsNeeded(database);

/** What becomes of a request for another setting. `invalid`: it was none of the choices. */
export type SettingOutcome = { kind: "saved" | "unchanged" | "invalid" | "signed-out" };

/**
 * Sets how many members of staff must agree to a case; an objection asks for two all the same. All
 * other admins are notified: one of them alone makes it easier to be wrong.
 *
 * @param staff an admin; the caller has checked the role
 * @param typed as the form says it, from anybody
 */
export async function saveApprovalsNeeded(
  staff: StaffMember,
  typed: string,
): Promise<SettingOutcome> {
  const value = approvalChoices.find((choice) => String(choice) === typed);
  if (value === undefined) return { kind: "invalid" };
  const lock = (tx: Database) => lockSubject(tx, subjects.setting(NAME));
  const outcome = await asSignedIn(staff, lock, async (tx, now): Promise<SettingOutcome> => {
    const before = await findApprovalsNeeded(tx);
    if (before === value) return { kind: "unchanged" };
    await storeSetting(tx, { name: NAME, value, changedAt: now });
    const { account, accountId } = staff.session;
    await notifyAdmins(tx, {
      kind: "approvals-changed",
      except: [accountId],
      client: staff.client,
      about: { approvals: value, by: account.email },
      now,
    });
    await recordAudit(tx, staff, {
      action: "setting-changed",
      subject: { kind: "setting", id: NAME },
      details: { before, after: value },
      now,
    });
    return { kind: "saved" };
  });
  log.info({ setting: NAME, value, outcome: outcome.kind }, "setting changed");
  return outcome;
}
