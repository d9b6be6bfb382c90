import { isOfStaff } from "@/lib/cases/review/review-facts";
import { findApprovers, type SentCase } from "@/lib/cases/review/review-store";
import { countsApproval, type Decision } from "@/lib/cases/rules/judge-decision";
import { joinedAfter } from "@/lib/colleagues/rules/judge-second";
import { findStanding } from "@/lib/colleagues/standing-store";
import type { Database } from "@/lib/db/transaction";

/**
 * The approvals of a case that count, by the ids of the accounts that gave them: of who may give them
 * now, and did not join or get a higher role after the case was sent.
 */
export async function findCountingApprovals(
  database: Database,
  found: SentCase,
): Promise<string[]> {
  const { id: caseId, round, sentAt } = found;
  const subjectIsStaff = isOfStaff(found);
  const counting: string[] = [];
  for (const { id, role } of await findApprovers(database, { caseId, round })) {
    if (role === null || !countsApproval({ role }, { subjectIsStaff })) continue;
    if (!joinedAfter(await findStanding(database, id), sentAt)) counting.push(id);
  }
  return counting;
}

/** The browsers in which somebody approved a case in its present round. */
export async function findApprovingBrowsers(
  database: Database,
  filter: { caseId: string; round: number; staffId: string },
): Promise<string[]> {
  const found = await database.caseDecision.findMany({
    where: { ...filter, verdict: "approve" satisfies Decision, browserId: { not: null } },
    select: { browserId: true },
  });
  return found.flatMap(({ browserId }) => browserId ?? []);
}
