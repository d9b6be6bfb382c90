import type { Database } from "@/lib/db/transaction";

/** Who a password is checked against, and whether network and browser are known to that account. */
export async function findPasswordAccount(
  database: Database,
  filter: { email: string; ip: string | null; browserId: string; now: Date },
) {
  const rows = await database.$queryRaw<
    {
      id: string;
      passwordHash: string | null;
      passwordChangedAt: Date;
      passwordOff: boolean;
      networkTrusted: boolean;
      browserKnown: boolean;
    }[]
  >`
    SELECT a.id, a.password_hash AS "passwordHash", a.password_changed_at AS "passwordChangedAt",
      a.password_off_at IS NOT NULL AS "passwordOff",
      EXISTS (SELECT 1 FROM trusted_place p
        WHERE p.account_id = a.id AND p.network >>= ${filter.ip}::inet) AS "networkTrusted",
      EXISTS (SELECT 1 FROM seen_browser b
        WHERE b.account_id = a.id AND b.browser_id = ${filter.browserId}::uuid)
        OR EXISTS (SELECT 1 FROM trusted_browser k
        WHERE k.account_id = a.id AND k.browser_id = ${filter.browserId}::uuid
          AND k.ended_at IS NULL AND k.expires_at > ${filter.now}::timestamptz) AS "browserKnown"
    FROM account a WHERE a.email = ${filter.email}`;
  return rows[0] ?? null;
}
