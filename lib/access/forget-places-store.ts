import { shutPlaces, shutSeenBrowsers } from "@/lib/access/openers-store";
import type { SessionCause } from "@/lib/access/rules/causes";
import type { Database } from "@/lib/db/transaction";

/**
 * Forgets every trusted place of an account that shares addresses with a network, the browsers seen
 * there, and ends the sessions that began there. Nothing else that opens the account ends.
 *
 * @param which.network a cidr
 * @param which.exceptSession a session that stays, or null
 * @returns how many places
 */
export async function forgetPlaces(
  tx: Database,
  which: {
    accountId: string;
    network: string;
    exceptSession: string | null;
    because: SessionCause & ("place-removed" | "place-forgotten-by-support" | "not-me");
    now: Date;
  },
): Promise<number> {
  const { accountId, network, exceptSession, because, now } = which;
  const there = { accountId, keep: { placesOutside: network } };
  const forgotten = await shutPlaces(tx, there);
  await shutSeenBrowsers(tx, there);
  await tx.$executeRaw`
    UPDATE session SET ended_at = ${now}, ended_because = ${because}
    WHERE account_id = ${accountId}::uuid AND ended_at IS NULL
      AND id IS DISTINCT FROM ${exceptSession}::uuid AND ip::inet <<= ${network}::inet`;
  return forgotten;
}
