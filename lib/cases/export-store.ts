import type { Database } from "@/lib/db/transaction";
import { maskEmail } from "@/lib/typed/mask-email";

/**
 * The cases about an account, for who asks for everything stored about it. Never what documents hold,
 * nor who decided. Whoever reads the account must not learn where to find who asked; and what somebody
 * wrote, gave or got who had proven nothing is not the customer's.
 */
export async function findCasesForExport(database: Database, accountId: string) {
  const rows = await database.recoveryCase.findMany({
    where: { accountId },
    omit: { secretId: true },
    orderBy: { createdAt: "asc" },
  });
  const ofCase = { case: { accountId } };
  const documents = await database.caseDocument.findMany({
    where: ofCase,
    omit: { secretId: true, sealed: true },
    orderBy: { addedAt: "asc" },
  });
  const decisions = await database.caseDecision.findMany({
    where: ofCase,
    omit: { staffId: true, staffName: true, browserId: true },
    orderBy: { at: "asc" },
  });
  const strangers = new Set(rows.filter(({ proof }) => proof === "nothing").map(({ id }) => id));
  return {
    cases: rows.map(({ newEmail, whatHappened, moreAsked, refusedBecause, browserId, ...row }) => ({
      ...row,
      newEmail: newEmail && maskEmail(newEmail),
      ...(strangers.has(row.id) ? {} : { whatHappened, moreAsked, refusedBecause, browserId }),
    })),
    caseDocuments: documents.map(({ name, ...row }) => ({
      ...row,
      ...(strangers.has(row.caseId) ? {} : { name }),
    })),
    // A question and a refusal are what was written to who asked.
    caseDecisions: decisions.map(({ reason, ...row }) => ({
      ...row,
      ...(strangers.has(row.caseId) ? {} : { reason }),
    })),
  };
}
