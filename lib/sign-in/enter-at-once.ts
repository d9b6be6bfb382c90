import { database } from "@/lib/db/transaction";
import { beginSessionAtOnce } from "@/lib/sign-in/at-once-store";
import type { SignInVerdict } from "@/lib/sign-in/rules/judge-sign-in";
import type { SignInAccount } from "@/lib/sign-in/sign-in-account-store";
import { provenPassword, type SignInRequest } from "@/lib/sign-in/sign-in-request";

type Enter = Extract<SignInVerdict, { kind: "enter" }>;

/** Why somebody was let in, as history keeps it. */
export const judgedBecause = (verdict: Enter): string =>
  verdict.because === "not-asked" && verdict.instead !== null
    ? `observed: ${verdict.instead}`
    : verdict.because;

/**
 * Lets a sign-in in that needs no lock of the account, in one statement.
 *
 * @param held keys of the counts that hold its password; emptied as the attempt is given back
 * @returns the session's id; null: something was decided about the account since it was read
 */
export async function enterAtOnce(
  request: SignInRequest,
  account: SignInAccount,
  verdict: Enter,
  held: string[],
  now: Date,
): Promise<string | null> {
  const { client, browserId, replaces = null } = request;
  const { timeZone } = client;
  const sessionId = await beginSessionAtOnce(database, {
    accountId: account.id,
    because: verdict.because,
    verdict: "entered",
    judgedBecause: judgedBecause(verdict),
    client,
    browserId,
    now,
    accessVersion: account.accessVersion,
    passwordChangedAt: provenPassword(request),
    replaces,
    timeZone: timeZone === account.timeZone ? null : timeZone,
    counted: held,
  });
  if (sessionId !== null) held.length = 0;
  return sessionId;
}
