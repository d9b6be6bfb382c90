import { allBut, factors, shutOut } from "@/lib/access/shut-out";
import { recordChange } from "@/lib/account/record-change";
import { senderOf } from "@/lib/cases/case-activity";
import { supersedeOthers } from "@/lib/cases/change/supersede-others";
import { changeCase, type FoundCase } from "@/lib/cases/store";
import type { Database } from "@/lib/db/transaction";
import { forgetWhatFactorsHad } from "@/lib/two-step/store";

/** A case whose account is still there. */
export type CaseOfAccount = FoundCase & {
  accountId: string;
  account: NonNullable<FoundCase["account"]>;
};

const ending = ["sessions", "trustedBrowsers", "pendingCodes", ...factors] as const;

/**
 * Takes every second factor off an account whose customer has lost them all, in the caller's transaction
 * and under the locks of account and case. The address and the password stay: a sign-in is asked for a
 * mailed code again, so that a case of a lost mailbox is the next step for who has lost both.
 */
export async function endFactorsByCase(
  tx: Database,
  found: CaseOfAccount,
  now: Date,
): Promise<void> {
  const { id, accountId, account } = found;
  const keep = { ways: allBut(...ending) };
  await shutOut(tx, accountId, { because: "factors-case", keep, now });
  await forgetWhatFactorsHad(tx, accountId);
  await changeCase(tx, found, { state: "done", endedAt: now });
  await supersedeOthers(tx, { id, accountId, lost: "second-factor" }, now);
  const notified = { ...account, accountId };
  const client = senderOf(found);
  await recordChange(tx, { kind: "factors-reset", notified, client, now });
}
