import type { StaffMember } from "@/lib/account/staff-member";
import { findApprovingBrowsers, findCountingApprovals } from "@/lib/cases/review/approvals-store";
import type { SentCase } from "@/lib/cases/review/review-store";
import { isOwnDoing } from "@/lib/colleagues/own-doing-store";
import { joinedAfter, tieBetween } from "@/lib/colleagues/rules/judge-second";
import { findStanding } from "@/lib/colleagues/standing-store";
import type { Database } from "@/lib/db/transaction";
import type { Tie } from "@/lib/mail/rules/ties";

/**
 * Why an approval of a case by a member of staff would not be the word of one more person, independent
 * of whoever asked, of whom it is about and of who has approved; null: it would be.
 */
export async function findTie(
  database: Database,
  staff: StaffMember,
  found: SentCase,
): Promise<Tie | null> {
  const { id: caseId, round, sentAt, accountId, browserId } = found;
  const { accountId: id } = staff.session;
  const self = { id, browserId: staff.browserId, ...(await findStanding(database, id)) };
  if (joinedAfter(self, sentAt)) return "joined-after";
  if (accountId !== null && self.sponsors.includes(accountId)) return "of-subject";
  // A network says nothing here: a customer may write from the network that the staff sit in.
  if (await isOwnDoing(database, staff, { network: null, browserId })) return "own-doing";
  for (const other of await findCountingApprovals(database, found)) {
    if (other === id) continue;
    const standing = await findStanding(database, other);
    const browsers = await findApprovingBrowsers(database, { caseId, round, staffId: other });
    const inBrowser = browsers.find((one) => one === self.browserId) ?? null;
    const tie = tieBetween(self, { id: other, browserId: inBrowser, ...standing });
    if (tie !== null) return tie;
  }
  return null;
}
