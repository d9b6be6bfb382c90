import type { LiveSession } from "@/lib/account/session-store";
import { findAskingAccount } from "@/lib/cases/request/draft-store";
import { findPending, type PendingCookie } from "@/lib/challenge/pending-store";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { maskEmail } from "@/lib/typed/mask-email";

/** An applicant for another contact e-mail, by what they have proven. */
export type Applicant =
  | {
      proof: "session" | "password";
      accountId: string;
      email: string;
      /** The address as a page shows it: shortened, unless a session shows it anyway. */
      shown: string;
      timeZone: string | null;
    }
  | { proof: "nothing" };

/**
 * Finds the applicant: by a session, else by this browser's pending sign-in, whose password was
 * right. That counts as long as it may be explained, whatever became of its code, and until the
 * password changes. The canary is none. Changes nothing.
 */
export async function findApplicant(
  session: LiveSession | null,
  cookie: PendingCookie | null,
): Promise<Applicant> {
  if (session !== null && !session.account.isCanary) {
    const { id: accountId, email, timeZone } = session.account;
    return { proof: "session", accountId, email, shown: email, timeZone };
  }
  const pending = cookie === null ? null : await findPending(database, cookie, readClock());
  if (pending?.purpose !== "sign-in") return { proof: "nothing" };
  const account = await findAskingAccount(database, pending.accountId);
  if (account === null || account.passwordChangedAt > pending.createdAt) {
    return { proof: "nothing" };
  }
  const { id: accountId, email, timeZone } = account;
  return { proof: "password", accountId, email, shown: maskEmail(email), timeZone };
}
