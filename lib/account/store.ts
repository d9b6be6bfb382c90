import { db } from "@/lib/db/client";
import type { Database } from "@/lib/db/transaction";

/** Stores what a customer is called, and the language and zone of their pages and mails. */
export async function storeDetails(
  tx: Database,
  accountId: string,
  details: { name?: string; locale?: string; timeZone?: string | null },
): Promise<void> {
  await tx.account.update({ where: { id: accountId }, data: details });
}

/** The sign-in before the one of this session; null when there was none. */
export function findLastSignIn(session: { accountId: string; createdAt: Date }) {
  return db.signInJudgement.findFirst({
    where: {
      accountId: session.accountId,
      verdict: "entered",
      at: { lt: session.createdAt },
    },
    orderBy: { at: "desc" },
  });
}
