import type { StaffMember } from "@/lib/account/staff-member";
import type { Database } from "@/lib/db/transaction";

/** From where something was asked for: a sign-in, or another mailbox. */
export type AskedFrom = {
  /** An address or a network as text; null: unknown. */
  network: string | null;
  browserId: string | null;
};

/**
 * Whether something was asked for from a network or in a browser that a member of staff uses or used: it
 * may be their own doing, and somebody else looks at it then.
 */
export async function isOwnDoing(
  database: Database,
  staff: StaffMember,
  { network, browserId }: AskedFrom,
): Promise<boolean> {
  const { session, client } = staff;
  const { accountId } = session;
  const browsers = [staff.browserId, session.browserId];
  if (browserId !== null && browsers.includes(browserId)) return true;
  const rows = await database.$queryRaw<{ own: boolean }[]>`
    SELECT coalesce(${client.network}::inet >>= ${network}::inet, false)
      OR coalesce(${client.ip}::inet <<= ${network}::inet, false)
      OR EXISTS (SELECT 1 FROM session s WHERE s.account_id = ${accountId}::uuid
        AND (s.browser_id = ${browserId}::uuid OR s.ip::inet <<= ${network}::inet))
      OR EXISTS (SELECT 1 FROM seen_browser b WHERE b.account_id = ${accountId}::uuid
        AND (b.browser_id = ${browserId}::uuid OR b.network && ${network}::inet))
      OR EXISTS (SELECT 1 FROM trusted_browser t
        WHERE t.account_id = ${accountId}::uuid AND t.browser_id = ${browserId}::uuid)
      OR EXISTS (SELECT 1 FROM trusted_place p
        WHERE p.account_id = ${accountId}::uuid AND p.network && ${network}::inet) AS own`;
  return rows[0]?.own ?? false;
}
