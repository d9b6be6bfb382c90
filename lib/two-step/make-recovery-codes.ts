import type { Actor } from "@/lib/account/actor";
import { recordOwnChange } from "@/lib/account/record-change";
import { type Database, database } from "@/lib/db/transaction";
import { hasFactor } from "@/lib/factors/factors-store";
import { newRecoveryCodes, RECOVERY_CODES } from "@/lib/factors/recovery-codes";
import { countLiveCodes, replaceRecoveryCodes } from "@/lib/two-step/store";

/** New recovery codes, to be shown once; none without a factor, which they stand in for. */
export type CodesMade = { kind: "codes-made"; codes: string[] } | { kind: "codes-need-factor" };

/**
 * Makes recovery codes, in the caller's transaction and under the lock of the account; those of before end.
 */
export async function makeRecoveryCodes(tx: Database, actor: Actor, now: Date): Promise<CodesMade> {
  const { accountId } = actor.session;
  if (!(await hasFactor(tx, accountId))) return { kind: "codes-need-factor" };
  const codes = newRecoveryCodes();
  await replaceRecoveryCodes(tx, actor.session, codes, now);
  await recordOwnChange(tx, actor, { kind: "recovery-codes-made", now });
  return { kind: "codes-made", codes };
}

/**
 * Whether all of some codes are the account's and none was used: a file of codes that open nothing would
 * be worse than none.
 *
 * @param codes as they were posted, by anybody
 */
export async function areLiveCodes(
  session: Actor["session"],
  codes: readonly string[],
): Promise<boolean> {
  if (codes.length === 0 || codes.length > RECOVERY_CODES) return false;
  return (await countLiveCodes(database, session.accountId, codes)) === codes.length;
}
