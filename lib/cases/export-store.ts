import { maskEmail } from "@/lib/sign-in/rules/mask-email";
import type { Database } from "@/lib/sign-in/store";

/**
 * The cases about an account, for who asks for everything stored about it. Never what documents hold,
 * nor who decided. Whoever reads the account must not learn where to find who asked; and what somebody
 * wrote who had proven nothing is not the customer's.
 */
export async function findCasesForExport(database: Database, accountId: string) {
  const rows = await database.recoveryCase.findMany({
    where: { accountId },
    omit: { secretId: true },
    orderBy: { createdAt: "asc" },
  });
  const ofCase = { case: { accountId } };
  return {
    cases: rows.map(({ newEmail, whatHappened, ...row }) => ({
      ...row,
      newEmail: newEmail && maskEmail(newEmail),
      ...(row.proof === "nothing" ? {} : { whatHappened }),
    })),
    caseDocuments: await database.caseDocument.findMany({
      where: ofCase,
      omit: { secretId: true, sealed: true },
      orderBy: { addedAt: "asc" },
    }),
    caseDecisions: await database.caseDecision.findMany({
      where: ofCase,
      omit: { staffId: true, staffName: true },
      orderBy: { at: "asc" },
    }),
  };
}
