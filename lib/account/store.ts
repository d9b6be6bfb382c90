import { db } from "@/lib/db";
import type { Locale } from "@/lib/i18n/locales";

/** Stores the language of a signed-in customer, for pages and mails alike. */
export async function storeLanguage(accountId: string, locale: Locale): Promise<void> {
  await db.account.update({ where: { id: accountId }, data: { locale } });
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
