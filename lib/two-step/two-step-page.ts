import type { Actor } from "@/lib/account/actor";
import { isStaff } from "@/lib/account/roles";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { isFreshProof } from "@/lib/factors/rules/fresh-proof";
import { whenCodesAreAsked } from "@/lib/sign-in/when-codes-are-asked";
import { findTwoStep } from "@/lib/two-step/page-store";
import { APPS_AT_MOST } from "@/lib/two-step/rules/limits";
import { judgeProtection, type ProtectionVerdict } from "@/lib/two-step/rules/next-step";

/** What `/account/security/two-step` shows. */
export type TwoStepPage = {
  apps: { id: string; name: string; since: Date; lastUsedAt: Date | null }[];
  mayAddApp: boolean;
  hasFactor: boolean;
  protection: ProtectionVerdict;
  /** Null: none were ever made, or they went with the last factor. */
  codes: { left: number; of: number; madeAt: Date } | null;
  /** When a factor is asked for; of staff always, and there is nothing to choose. */
  asking: { always: boolean; isChosen: boolean };
  /**
   * Whether codes and that choice ask for the password: a factor proven just now is enough for the first
   * codes, and to be asked always.
   */
  asksPassword: { codes: boolean; asking: boolean };
};

/** Reads what an account has for its second step, for its page. */
export async function readTwoStep(session: Actor["session"]): Promise<TwoStepPage> {
  const { account } = session;
  const found = await findTwoStep(database, account.id);
  const apps = found.apps.flatMap(({ id, name, confirmedAt, lastUsedAt }) =>
    confirmedAt === null ? [] : [{ id, name, since: confirmedAt, lastUsedAt }],
  );
  const [first] = found.codes;
  const isFresh = isFreshProof(session, readClock());
  const left = found.codes.filter(({ usedAt }) => usedAt === null).length;
  const ofStaff = isStaff(account.role);
  const factors = apps.length + found.secondSteps;
  const always = ofStaff || found.factorAlways;
  const protection = judgeProtection({
    ...{ codesAsked: whenCodesAreAsked(account), factors, always },
    ...{ recoveryCodesLeft: left, codesMade: first !== undefined },
    isEnding: account.factorsEndAt !== null && account.factorsEndAt > readClock(),
  });
  return {
    apps,
    protection,
    mayAddApp: apps.length < APPS_AT_MOST,
    hasFactor: factors > 0,
    codes: first === undefined ? null : { left, of: found.codes.length, madeAt: first.createdAt },
    asking: { always, isChosen: !ofStaff },
    asksPassword: { codes: !isFresh || first !== undefined, asking: !isFresh || always },
  };
}
