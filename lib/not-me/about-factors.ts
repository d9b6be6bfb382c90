import { tryNotifiedOf } from "@/lib/account/notified-of";
import { factorRequired } from "@/lib/account/rules/factor-required";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { findFactors } from "@/lib/factors/factors-store";
import type { FoundPress } from "@/lib/not-me/find-press";
import { factorsOf } from "@/lib/not-me/rules/judge-press";
import { findLiveNotified } from "@/lib/not-me/store";
import { findSigningInWith } from "@/lib/two-step/end-store";
import { findRemovable } from "@/lib/two-step/store";

/** A second step that a mail is about and the account has. */
export type AboutFactor = { what: "app" | "passkey"; factorId: string; name: string };

/** The factors that a mail is about, as far as the account has them, and what ends with any mail's press. */
export type AboutFactors = {
  /** Those that are a second step. */
  steps: AboutFactor[];
  /** What was the very first when it was added, by this mail or another one that works; null: none ends. */
  first: AboutFactor | null;
  /** The names of passkeys that only sign in: they go with the press. */
  signingIn: string[];
  /** Whether there is something else to answer with, so that the steps can be removed at once. */
  mayRemove: boolean;
};

/** Finds the factors that a press on a link is about; null: none, or none any more. */
export async function findAboutFactors(
  database: Database,
  { link: { accountId }, press }: FoundPress,
  now: Date,
): Promise<AboutFactors | null> {
  const steps: AboutFactor[] = [];
  const signingIn = new Map<string, string>();
  let isRequired = false;
  for (const { what, factorId } of factorsOf(press)) {
    const found = await findRemovable(database, { what, id: factorId, accountId });
    if (found === null) continue;
    const { name, isFactor, role } = found;
    isRequired = factorRequired(role, env().twoStepRequired);
    if (isFactor) steps.push({ what, factorId, name });
    else signingIn.set(factorId, name);
  }
  const first = await findFirst(database, accountId, factorsOf(press), now);
  const together =
    first === null ? [] : await findSigningInWith(database, accountId, first.factorId);
  for (const { id, name, isSecondStep } of together) if (!isSecondStep) signingIn.set(id, name);
  if (steps.length + signingIn.size === 0 && first === null) return null;
  const { apps, passkeys, recoveryCodesLeft } = await findFactors(database, accountId);
  const isOther = ({ id }: { id: string }) => steps.every(({ factorId }) => factorId !== id);
  const others = [...apps, ...passkeys].filter(isOther).length;
  return {
    steps,
    first,
    signingIn: [...signingIn.values()],
    mayRemove: steps.length > 0 && (others > 0 || (!isRequired && recoveryCodesLeft > 0)),
  };
}

/**
 * The account's very first factor, as far as a mail is about it whose link works: the press ends all of them,
 * so that whoever added it could else have its mail die with a newer one's. Of those who must have one, none.
 */
async function findFirst(
  database: Database,
  accountId: string,
  own: ReturnType<typeof factorsOf>,
  now: Date,
): Promise<AboutFactor | null> {
  const links = (await findLiveNotified(database, accountId, now)).map(tryNotifiedOf);
  const all = [...own, ...links.flatMap((of) => factorsOf({ undo: null, also: [], ...of }))];
  for (const { what, factorId, isFirst } of all) {
    if (!isFirst) continue;
    const found = await findRemovable(database, { what, id: factorId, accountId });
    if (!found?.isFactor || factorRequired(found.role, env().twoStepRequired)) continue;
    return { what, factorId, name: found.name };
  }
  return null;
}
