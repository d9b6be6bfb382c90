import type { Database } from "@/lib/db/transaction";
import { isSharedSql } from "@/lib/places/sharing";

/** A trusted place as it is stored. */
export type PlaceRow = {
  id: string;
  /** A cidr. */
  network: string;
  name: string | null;
  because: string;
  createdAt: Date;
  lastUsedAt: Date;
  /** Whether it holds the address that asks. */
  isHere: boolean;
  /** Whether many accounts trust it, or something in it. */
  isShared: boolean;
};

/** The trusted places of an account: the one that is asked from first, then the last used. */
export function findPlaces(
  database: Database,
  filter: { accountId: string; ip: string | null },
): Promise<PlaceRow[]> {
  return database.$queryRaw<PlaceRow[]>`
    SELECT p.id, p.network::cidr::text AS network, p.name, p.because, p.created_at AS "createdAt",
      p.last_used_at AS "lastUsedAt",
      coalesce(p.network >>= ${filter.ip}::inet, false) AS "isHere",
      ${isSharedSql()} AS "isShared"
    FROM trusted_place p WHERE p.account_id = ${filter.accountId}::uuid
    ORDER BY "isHere" DESC, p.last_used_at DESC, p.created_at DESC, p.id`;
}

/** The trusted places of an account that share addresses with a network, the widest first. */
export function findOverlapping(
  database: Database,
  filter: { accountId: string; network: string },
): Promise<{ network: string; name: string | null; holdsIt: boolean }[]> {
  return database.$queryRaw`
    SELECT p.network::cidr::text AS network, p.name, p.network >>= ${filter.network}::inet AS "holdsIt"
    FROM trusted_place p
    WHERE p.account_id = ${filter.accountId}::uuid AND p.network && ${filter.network}::inet
    ORDER BY masklen(p.network), p.network`;
}

/** One trusted place of an account, else null. */
export async function findPlace(
  database: Database,
  filter: { id: string; accountId: string },
): Promise<{ network: string; name: string | null } | null> {
  const rows = await database.$queryRaw<{ network: string; name: string | null }[]>`
    SELECT network::cidr::text AS network, name FROM trusted_place
    WHERE id = ${filter.id}::uuid AND account_id = ${filter.accountId}::uuid`;
  return rows[0] ?? null;
}

/**
 * Whether a place was removed from an account by its id: its row is gone, the activity shows it.
 */
export async function wasRemoved(
  database: Database,
  filter: { id: string; accountId: string },
): Promise<boolean> {
  const { id, accountId } = filter;
  const kind = "place-removed";
  const about = { path: ["rowId"], equals: id };
  return (await database.activity.count({ where: { accountId, kind, about } })) > 0;
}

/** Names a place; null takes its name away. */
export async function storePlaceName(
  tx: Database,
  place: { id: string; name: string | null },
): Promise<void> {
  await tx.trustedPlace.update({ where: { id: place.id }, data: { name: place.name } });
}

/** Whether any account trusts a place that holds an address. */
export async function isTrustedBySomebody(database: Database, ip: string): Promise<boolean> {
  const rows = await database.$queryRaw<{ trusted: boolean }[]>`
    SELECT EXISTS (SELECT FROM trusted_place WHERE network >>= ${ip}::inet) AS trusted`;
  return rows[0]?.trusted ?? false;
}
