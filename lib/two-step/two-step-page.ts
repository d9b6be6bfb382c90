import type { Actor } from "@/lib/account/actor";
import { isStaff } from "@/lib/account/roles";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { isFreshProof } from "@/lib/factors/rules/fresh-proof";
import { whenCodesAreAsked } from "@/lib/sign-in/when-codes-are-asked";
import { findTwoStep, type TwoStepRows } from "@/lib/two-step/page-store";
import { APPS_AT_MOST } from "@/lib/two-step/rules/limits";
import { judgeProtection, type ProtectionVerdict } from "@/lib/two-step/rules/next-step";

/** What `/account/security/two-step` shows. */
export type TwoStepPage = Pick<TwoStepRows, "apps" | "codes"> & {
  mayAddApp: boolean;
  hasFactor: boolean;
  protection: ProtectionVerdict;
  /** When a factor is asked for; of staff always, and there is nothing to choose. */
  asking: { always: boolean; isChosen: boolean };
  /**
   * Whether codes and that choice ask for the password: a factor proven just now is enough for the first
   * codes, and to be asked always.
   */
  asksPassword: { codes: boolean; asking: boolean };
};

const nothing: TwoStepRows = { apps: [], secondSteps: 0, codes: null };

/** Reads what an account has for its second step, for its page. What the session says of one without spares that. */
export async function readTwoStep(session: Actor["session"]): Promise<TwoStepPage> {
  const { account } = session;
  const { apps, secondSteps, codes } = account.hasFactor
    ? await findTwoStep(database, account.id)
    : nothing;
  const isFresh = isFreshProof(session, readClock());
  const ofStaff = isStaff(account.role);
  const factors = apps.length + secondSteps;
  const always = ofStaff || account.factorAlways;
  const protection = judgeProtection({
    ...{ codesAsked: whenCodesAreAsked(account), factors, always },
    ...{ recoveryCodesLeft: codes?.left ?? 0, codesMade: codes !== null },
    isEnding: account.factorsEndAt !== null && account.factorsEndAt > readClock(),
  });
  return {
    ...{ apps, protection, codes },
    mayAddApp: apps.length < APPS_AT_MOST,
    hasFactor: factors > 0,
    asking: { always, isChosen: !ofStaff },
    asksPassword: { codes: !isFresh || codes !== null, asking: !isFresh || always },
  };
}
