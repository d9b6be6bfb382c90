import type { Database } from "@/lib/db/transaction";
import { blockKey, blockNameOf, type TextKey } from "@/lib/mail-document/text-key";
import { findNewestOfAll } from "@/lib/templates/store";

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

/** The blocks that have a draft, or a version that is live, by their subjects; none that is gone. */
export async function findBlockSubjects(database: Database): Promise<Set<string>> {
  const live = await findLiveBlocks(database);
  const drafts = await findBlockDrafts(database);
  return new Set([...live, ...drafts].map(({ subject }) => subject));
}

/** The blocks that are live, in each language, by the ids of their versions. */
export async function findLiveBlocks(database: Database): Promise<(TextKey & { id: bigint })[]> {
  const all = await findNewestOfAll(database);
  return all.flatMap(({ subject, language, id, isBuiltIn }) =>
    blockNameOf(subject) === null || isBuiltIn ? [] : [{ subject, language, id }],
  );
}

/** The drafts of blocks, by their revisions. */
export function findBlockDrafts(database: Database): Promise<(TextKey & { revision: string })[]> {
  return database.templateDraft.findMany({
    where: { subject: { startsWith: blockKey("", "").subject }, state: { not: "discarded" } },
    select: { subject: true, language: true, revision: true },
  });
}
