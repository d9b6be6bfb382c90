import { type AuditAction, storedNamesOf } from "@/lib/audit/audit-actions";
import { auditMachine } from "@/lib/audit/audit-machine";
import { type ChainedEntry, chainHash, FIRST_LINK } from "@/lib/audit/chain";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import type { Database } from "@/lib/db/transaction";
import type { Prisma } from "@/lib/generated/prisma/client";

/** An entry before it has a number. */
export type NewEntry = Omit<ChainedEntry, "seq" | "details"> & {
  details: Record<string, string | number | boolean | null>;
};

// PostgreSQL keeps no NUL, and half a character (one cut in two) comes back as another: what is hashed
// must be what will be read.
const storable = (text: string) => text.replaceAll("\0", "\ufffd").replace(/\p{Cs}/gu, "\ufffd");

function storableEntry(entry: NewEntry): NewEntry {
  const clean = <Value>(value: Value) => (typeof value === "string" ? storable(value) : value);
  const details = Object.entries(entry.details).map(([name, value]) => [clean(name), clean(value)]);
  const texts = Object.entries(entry).map(([name, value]) => [name, clean(value)]);
  return { ...Object.fromEntries(texts), details: Object.fromEntries(details) };
}

/**
 * Adds an entry to the end of the audit log, in the caller's transaction. Entries are written one
 * after the other until that ends: add them last, after every other lock.
 */
export async function appendEntry(tx: Database, entry: NewEntry): Promise<void> {
  await lockSubject(tx, subjects.audit);
  const last = await tx.auditEntry.findFirst({
    orderBy: { seq: "desc" },
    select: { seq: true, hash: true },
  });
  const added = { ...storableEntry(entry), seq: (last?.seq ?? 0n) + 1n };
  const previous = new Uint8Array(last?.hash ?? FIRST_LINK);
  await tx.auditEntry.create({ data: { ...added, previous, hash: chainHash(previous, added) } });
}

/** Which entries are looked for; null: whichever. */
export type EntriesWanted = {
  action: AuditAction | null;
  /** The account of who acted; "command" or "worker" for what no account did. */
  actor: string | null;
  subjectId: string | null;
  from: Date | null;
  before: Date | null;
};

function whereOf(wanted: EntriesWanted): Prisma.AuditEntryWhereInput {
  const { action, actor, subjectId, from, before } = wanted;
  return {
    ...(action === null ? {} : { action: { in: storedNamesOf(action) } }),
    ...(actor === null ? {} : auditMachine(actor) ? { actorId: null, actor } : { actorId: actor }),
    ...(subjectId === null ? {} : { subjectId }),
    at: { ...(from === null ? {} : { gte: from }), ...(before === null ? {} : { lt: before }) },
  };
}

/** Entries the latest first, older than one of them. */
export function findEntries(
  database: Database,
  wanted: EntriesWanted,
  page: { olderThan: bigint | null; limit: number },
) {
  const { olderThan, limit } = page;
  return database.auditEntry.findMany({
    where: { ...whereOf(wanted), ...(olderThan === null ? {} : { seq: { lt: olderThan } }) },
    orderBy: { seq: "desc" },
    take: limit,
  });
}

/** An entry as it is stored. */
export type StoredEntry = Awaited<ReturnType<typeof findEntries>>[number];

/**
 * Entries in their own order.
 *
 * @param batch.after the number of the entry before the first of them; null: from the beginning
 * @param batch.upTo the last number that is looked for; left out: to the end
 */
export function findEntriesInOrder(
  database: Database,
  batch: { after: bigint | null; upTo?: bigint; limit: number; wanted?: EntriesWanted },
) {
  const { after, upTo, limit, wanted } = batch;
  const seq = {
    ...(after === null ? {} : { gt: after }),
    ...(upTo === undefined ? {} : { lte: upTo }),
  };
  return database.auditEntry.findMany({
    where: { ...(wanted === undefined ? {} : whereOf(wanted)), seq },
    orderBy: { seq: "asc" },
    take: limit,
  });
}

/** The number of the latest entry; 0 while there is none. */
export async function findLastSeq(database: Database): Promise<bigint> {
  const last = await database.auditEntry.findFirst({
    orderBy: { seq: "desc" },
    select: { seq: true },
  });
  return last?.seq ?? 0n;
}

/**
 * The members of staff who stand in the log, each by the address of their latest entry. Jumps from one
 * to the next in the index by actor: the log may be long, the staff are few.
 */
export function findActors(
  database: Database,
  limit: number,
): Promise<{ id: string; actor: string; name: string | null }[]> {
  return database.$queryRaw<{ id: string; actor: string; name: string | null }[]>`
    WITH RECURSIVE found AS (
      (SELECT actor_id AS id FROM audit_entry WHERE actor_id IS NOT NULL ORDER BY actor_id LIMIT 1)
      UNION ALL
      SELECT (SELECT actor_id FROM audit_entry WHERE actor_id > found.id ORDER BY actor_id LIMIT 1)
      FROM found WHERE found.id IS NOT NULL
    ), few AS (SELECT id FROM found WHERE id IS NOT NULL LIMIT ${limit})
    -- Not "=": then the planner reads the log from its end on until it meets somebody who left long ago.
    SELECT few.id, (SELECT actor FROM audit_entry WHERE actor_id BETWEEN few.id AND few.id
      ORDER BY actor_id DESC, seq DESC LIMIT 1) AS actor, (SELECT name FROM account WHERE id = few.id) AS name
    FROM few ORDER BY lower(coalesce((SELECT name FROM account WHERE id = few.id), '')), actor, id`;
}
