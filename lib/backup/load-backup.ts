import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Client, DatabaseError, escapeIdentifier } from "pg";
import { from } from "pg-copy-streams";
import { inPublic, sequencesIn, tablesIn } from "@/lib/backup/catalogue";
import { makeSchema } from "@/lib/backup/make-schema";
import { type BackupRecord, damaged, notABackup } from "@/lib/backup/records";
import { withoutGuards } from "@/lib/backup/row-guards";
import {
  type Header,
  readEnd,
  readHeader,
  readSummary,
  readTable,
  type Table,
} from "@/lib/backup/shapes";
import type { Counts } from "@/lib/backup/write-backup";

type Records = AsyncGenerator<BackupRecord>;

/** What was restored. */
export type Loaded = { header: Header; counts: Counts };

/**
 * Makes the tables of a backup and fills them, in the transaction of `client` that the caller commits;
 * each table's rows are counted afterwards.
 *
 * @throws OperatorError where the backup is not whole, does not fit its own migrations, or is newer
 */
export async function loadBackup(client: Client, records: Records): Promise<Loaded> {
  const first = await records.next();
  if (first.done || first.value.kind !== "H") throw notABackup();
  const header = readHeader(first.value.content);
  await makeSchema(client, header.migrations);
  const tables = new Map((await tablesIn(client)).map((table) => [table.table, table]));
  const counts = await withoutGuards(client, [...tables.keys()], () =>
    loadTables(client, records, tables),
  ).catch((error) => Promise.reject(asDamage(error)));
  await client.query("ANALYZE");
  return { header, counts };
}

/** Reads a backup to its end without a database, and returns its first record; throws as `loadBackup`. */
export async function checkBackup(records: Records): Promise<Header> {
  let header: Header | undefined;
  for await (const { kind, content } of records) {
    if (kind === "H") header = readHeader(content);
    else if (kind === "T") readTable(content);
    else if (kind === "S") readSummary(content);
  }
  if (header === undefined) throw notABackup();
  return header;
}

async function loadTables(client: Client, records: Records, tables: Map<string, Table>) {
  const counts: Counts = {};
  for (;;) {
    const { kind, content } = await nextOf(records);
    if (kind === "S") {
      await settle(client, content, tables, counts);
      // Its checksum is judged on the way to what stands behind it, which must be nothing.
      await nextOf(records);
      if (!(await records.next()).done) throw damaged("something stands behind its end");
      return counts;
    }
    if (kind !== "T") throw damaged("its records are out of order");
    const { table, columns } = readTable(content);
    const made = tables.get(table);
    if (made === undefined || table in counts || !sameNames(made.columns, columns))
      throw damaged("a table is not as its migrations make it, or comes twice");
    counts[table] = await loadTable(client, records, made.table, columns);
  }
}

async function loadTable(client: Client, records: Records, table: string, columns: string[]) {
  const names = columns.map((name) => escapeIdentifier(name)).join(", ");
  const rows = client.query(from(`COPY ${inPublic(table)} (${names}) FROM STDIN`));
  let stated = -1;
  async function* chunks() {
    for (;;) {
      const { kind, content } = await nextOf(records);
      if (kind === "D") yield content;
      else if (kind === "E") {
        stated = readEnd(content).rows;
        return;
      } else throw damaged("its records are out of order");
    }
  }
  await pipeline(Readable.from(chunks(), { objectMode: true, highWaterMark: 4 }), rows);
  if (rows.rowCount !== stated) throw damaged("a table has another number of rows than it says");
  return stated;
}

async function settle(client: Client, content: Buffer, tables: Map<string, Table>, counts: Counts) {
  const summary = readSummary(content);
  const stated = new Map(Object.entries(summary.counts));
  if (stated.size !== Object.keys(counts).length || stated.size !== tables.size)
    throw damaged("a table is missing");
  for (const [table, rows] of Object.entries(counts)) {
    const found = await client.query(`SELECT count(*)::int8::text AS rows FROM ${inPublic(table)}`);
    if (stated.get(table) !== rows || Number(found.rows[0].rows) !== rows)
      throw damaged("a table has another number of rows than it says");
  }
  const made = new Set((await sequencesIn(client)).map(({ name }) => name));
  for (const { name, value, isCalled } of summary.sequences) {
    if (!made.has(name)) throw damaged("a sequence is none of its migrations'");
    await client.query("SELECT setval($1::regclass, $2, $3)", [inPublic(name), value, isCalled]);
  }
}

async function nextOf(records: Records): Promise<BackupRecord> {
  const { value, done } = await records.next();
  if (done) throw damaged("its end is missing");
  return value;
}

function sameNames(one: string[], other: string[]): boolean {
  return one.length === other.length && [...one].sort().join("\n") === [...other].sort().join("\n");
}

// Values that a column or a constraint refuses (22, 23): their message may hold a customer's data.
function asDamage(error: unknown): unknown {
  if (error instanceof DatabaseError && /^2[23]/.test(error.code ?? ""))
    return damaged(`the rows of ${error.table ?? "a table"} are refused with ${error.code}`);
  return error;
}
