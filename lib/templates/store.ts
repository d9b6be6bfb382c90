import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { blockKey, frameKey, type TextKey } from "@/lib/mail-document/text-key";
import { VERSIONS_PER_PAGE } from "@/lib/templates/rules/limits";

/** How a version came to be. */
export const versionActions = ["published", "rolled-back", "built-in"] as const;
export type VersionAction = (typeof versionActions)[number];

const withParts = {
  parts: {
    select: { accountId: true, part: true, account: { select: { name: true } } },
    orderBy: { accountId: "asc" },
  },
} as const;

/** A version that is stored; its document is null of a built-in text, and of a block that is gone. */
export type VersionRow = {
  id: bigint;
  number: number;
  document: unknown;
  builtIn: string | null;
  action: VersionAction;
  fromId: bigint | null;
  note: string;
  createdAt: Date;
  authors: { id: string; name: string }[];
  publisher: { id: string; name: string } | null;
};

type Stored = Prisma.TemplateVersionGetPayload<{ include: typeof withParts }>;

function versionOf({ parts, action, ...row }: Stored): VersionRow {
  const of = (wanted: string) =>
    parts
      .filter(({ part }) => part === wanted)
      .map(({ accountId, account }) => ({ id: accountId, name: account.name }));
  return {
    ...row,
    action: versionActions.find((known) => known === action) ?? "published",
    authors: of("wrote"),
    publisher: of("published")[0] ?? null,
  };
}

/** The newest version of a text; null: it never had one. */
export async function findNewest(database: Database, key: TextKey): Promise<VersionRow | null> {
  const { subject, language } = key;
  const found = await database.templateVersion.findFirst({
    where: { subject, language },
    orderBy: { id: "desc" },
    include: withParts,
  });
  return found === null ? null : versionOf(found);
}

/** A version of a text by its id; null: it has no such version. */
export async function findVersion(
  database: Database,
  key: TextKey,
  id: bigint,
): Promise<VersionRow | null> {
  const { subject, language } = key;
  const found = await database.templateVersion.findFirst({
    where: { id, subject, language },
    include: withParts,
  });
  return found === null ? null : versionOf(found);
}

/** The versions of a text, the newest first: a page and one more. */
export async function findVersions(
  database: Database,
  key: TextKey,
  before: number | null,
): Promise<VersionRow[]> {
  const { subject, language } = key;
  const found = await database.templateVersion.findMany({
    where: { subject, language, ...(before === null ? {} : { number: { lt: before } }) },
    orderBy: { number: "desc" },
    take: VERSIONS_PER_PAGE + 1,
    include: withParts,
  });
  return found.map(versionOf);
}

/** The numbers of versions of a text by their ids. */
export async function findNumbers(database: Database, ids: bigint[]): Promise<Map<bigint, number>> {
  const found = await database.templateVersion.findMany({
    where: { id: { in: ids } },
    select: { id: true, number: true },
  });
  return new Map(found.map(({ id, number }) => [id, number]));
}

/** The newest version of each text, without what it says. */
export type NewestRow = TextKey & {
  id: bigint;
  isBuiltIn: boolean;
  builtIn: string | null;
  createdAt: Date;
  publisher: string | null;
};

/** The newest version of every text that has one. Jumps in the index from text to text. */
export function findNewestOfAll(database: Database): Promise<NewestRow[]> {
  return database.$queryRaw<NewestRow[]>`${newestSql}
    SELECT v.subject, v.language, v.id, v.document IS NULL AS "isBuiltIn", v.built_in AS "builtIn",
      v.created_at AS "createdAt",
      (SELECT a.name FROM template_part p JOIN account a ON a.id = p.account_id
        WHERE p.version_id = v.id AND p.part = 'published' LIMIT 1) AS publisher
    FROM newest CROSS JOIN LATERAL (SELECT * FROM template_version t
      WHERE t.subject = newest.subject AND t.language = newest.language ORDER BY t.id DESC LIMIT 1) v`;
}

/** What every text says that is live and not the built-in one. */
export function findLiveTexts(database: Database): Promise<(TextKey & { document: unknown })[]> {
  return database.$queryRaw<(TextKey & { document: unknown })[]>`${newestSql}
    SELECT v.subject, v.language, v.document
    FROM newest CROSS JOIN LATERAL (SELECT * FROM template_version t
      WHERE t.subject = newest.subject AND t.language = newest.language ORDER BY t.id DESC LIMIT 1) v
    WHERE v.document IS NOT NULL`;
}

/** The same of what stands around and within mails of a language: the frame, and its named blocks. */
export function findLiveAround(
  database: Database,
  language: string,
): Promise<(TextKey & { document: unknown })[]> {
  return database.$queryRaw<(TextKey & { document: unknown })[]>`${newestSql}
    SELECT v.subject, v.language, v.document
    FROM newest CROSS JOIN LATERAL (SELECT * FROM template_version t
      WHERE t.subject = newest.subject AND t.language = newest.language ORDER BY t.id DESC LIMIT 1) v
    WHERE v.document IS NOT NULL AND (newest.subject = ${frameKey.subject}
      OR (starts_with(newest.subject, ${blockKey("", "").subject}) AND newest.language = ${language}))`;
}

// There are many versions of few texts.
const newestSql = Prisma.sql`
  WITH RECURSIVE newest AS (
    (SELECT subject, language FROM template_version ORDER BY subject, language LIMIT 1)
    UNION ALL
    SELECT next.subject, next.language FROM newest CROSS JOIN LATERAL (
      SELECT t.subject, t.language FROM template_version t
      WHERE (t.subject, t.language) > (newest.subject, newest.language)
      ORDER BY t.subject, t.language LIMIT 1) next
  )`;

/** A version as it is added. */
export type NewVersion = {
  key: TextKey;
  /** null: the built-in text, or of a block that it is gone. */
  document: Prisma.InputJsonValue | null;
  builtIn: string | null;
  action: VersionAction;
  fromId: bigint | null;
  note: string;
  authors: string[];
  publisher: string;
  now: Date;
};

/**
 * Adds a version, which is live from then on. The caller holds the lock of all texts: ids are given in the
 * order in which their transactions commit.
 */
export async function addVersion(
  tx: Database,
  { key, document, authors, publisher, now, ...version }: NewVersion,
): Promise<{ id: bigint; number: number }> {
  const { subject, language } = key;
  const last = await tx.templateVersion.aggregate({ _max: { id: true } });
  const own = await tx.templateVersion.aggregate({
    where: { subject, language },
    _max: { number: true },
  });
  const id = (last._max.id ?? 0n) + 1n;
  const number = (own._max.number ?? 0) + 1;
  const stored = document ?? Prisma.DbNull;
  const row = { ...version, id, number, subject, language, document: stored, createdAt: now };
  await tx.templateVersion.create({ data: row });
  const parts = [
    ...authors.map((accountId) => ({ versionId: id, accountId, part: "wrote" })),
    { versionId: id, accountId: publisher, part: "published" },
  ];
  await tx.templatePart.createMany({ data: parts });
  return { id, number };
}
