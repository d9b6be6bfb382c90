import type { Database } from "@/lib/db/transaction";

/**
 * Whether somebody made such a block: it has a draft, or a version that is live, in some language.
 *
 * @param subject of its texts
 */
export async function isBlockKnown(database: Database, subject: string): Promise<boolean> {
  const rows = await database.$queryRaw<{ known: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM template_draft d
        WHERE d.subject = ${subject} AND d.state <> 'discarded')
      OR EXISTS (SELECT 1 FROM template_version v
        WHERE v.subject = ${subject} AND v.document IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM template_version later
            WHERE later.subject = v.subject AND later.language = v.language AND later.id > v.id)
      ) AS known`;
  return rows[0]?.known ?? false;
}

/** How many blocks have a draft or a version. */
export async function countBlocks(database: Database): Promise<number> {
  const rows = await database.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT subject)::int AS count FROM (
      SELECT subject FROM template_draft WHERE subject LIKE 'block:%' AND state <> 'discarded'
      UNION SELECT subject FROM template_version WHERE subject LIKE 'block:%') blocks`;
  return rows[0]?.count ?? 0;
}
