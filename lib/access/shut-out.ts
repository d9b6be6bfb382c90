import { type Opener, openerNames, openers } from "@/lib/access/openers";
import type { KeptRows } from "@/lib/access/openers-store";
import type { ShutOutCause } from "@/lib/access/rules/causes";
import type { Database } from "@/lib/db/transaction";

/** What an act leaves open: whole ways, and single rows of the others. */
export type Keep = KeptRows & { ways?: readonly Opener[] };

/** The second factors: no new password and no mailbox takes them away. */
export const factors = ["authenticatorApps", "passkeys", "recoveryCodes"] as const;

/** What the owner of an account set up, and a stranger who only knows the password did not. */
export const ownersWays = [
  ...(["furtherAddresses", "places", "seenBrowsers", "phone"] as const),
  ...factors,
] as const;

/** By what the mailboxes of an account take it back. */
export const waysBack = ["undoing", "notMeLinks"] as const;

/** Every way but some: for an act that ends these and nothing else, whatever comes later. */
export function allBut(...ending: Opener[]): Opener[] {
  return openerNames.filter((name) => !ending.includes(name));
}

/**
 * Shuts everybody out of an account: each of its openers ends, but for what `keep` names, with its true
 * cause. Call it in the transaction of what causes it, under the lock of the account, before that itself
 * makes a link or a mail.
 *
 * @param shutting.because recorded wherever a row of its own remains
 * @param shutting.now the moment of the act
 * @returns how many of each way were open and are not any more
 */
export async function shutOut(
  tx: Database,
  accountId: string,
  shutting: { because: ShutOutCause; keep: Keep; now: Date },
): Promise<Record<Opener, number>> {
  const { because, keep, now } = shutting;
  const counts = Object.fromEntries(openerNames.map((name) => [name, 0])) as Record<Opener, number>;
  for (const name of openerNames) {
    if (keep.ways?.includes(name)) continue;
    counts[name] = await openers[name].shut(tx, { accountId, because, keep, now });
  }
  return counts;
}
