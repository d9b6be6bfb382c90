import { db } from "@/lib/db";

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
