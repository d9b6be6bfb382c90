import { factorRequired } from "@/lib/account/rules/factor-required";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { findFactors } from "@/lib/factors/factors-store";
import type { FoundPress } from "@/lib/not-me/find-press";
import { factorsOf } from "@/lib/not-me/rules/judge-press";
import { findRemovable } from "@/lib/two-step/store";

/** A second step that a mail is about and the account has. */
export type AboutFactor = { what: "app" | "passkey"; factorId: string; name: string };

/** The factors that a mail is about, as far as the account has them. */
export type AboutFactors = {
  /** Those that are a second step. */
  steps: AboutFactor[];
  /** The one of them that was the account's very first when it was added; null: none is. */
  first: AboutFactor | null;
  /** The names of passkeys that only sign in: they go with the press. */
  signingIn: string[];
  /** Whether there is something else to answer with, so that the steps can be removed at once. */
  mayRemove: boolean;
};

/** Finds the factors that a link is about; null: none, or none any more. */
export async function findAboutFactors(
  database: Database,
  { link: { accountId }, press }: FoundPress,
): Promise<AboutFactors | null> {
  const steps: AboutFactor[] = [];
  const signingIn: string[] = [];
  let [first, isRequired]: [AboutFactor | null, boolean] = [null, false];
  for (const { what, factorId, isFirst } of factorsOf(press)) {
    const found = await findRemovable(database, { what, id: factorId, accountId });
    if (found === null) continue;
    const { name, isFactor, role } = found;
    const step = { what, factorId, name };
    if (isFactor) steps.push(step);
    else signingIn.push(name);
    if (isFactor && isFirst) first ??= step;
    isRequired = factorRequired(role, env().twoStepRequired);
  }
  if (steps.length + signingIn.length === 0) return null;
  const { apps, passkeys, recoveryCodesLeft } = await findFactors(database, accountId);
  const isOther = ({ id }: { id: string }) => steps.every(({ factorId }) => factorId !== id);
  const others = [...apps, ...passkeys].filter(isOther).length;
  return {
    steps,
    first,
    signingIn,
    mayRemove: steps.length > 0 && (others > 0 || (!isRequired && recoveryCodesLeft > 0)),
  };
}
