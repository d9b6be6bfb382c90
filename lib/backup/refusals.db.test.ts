import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readBackupFile } from "@/lib/backup/backup-file";
import { checkBackup } from "@/lib/backup/load-backup";
import { loadInto } from "@/lib/backup/load-into";
import { type BackupRecord, readRecords, recordWriter } from "@/lib/backup/records";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { ask, contentOf, dropDatabase, makeEmptyDatabase, run } from "@/lib/testing/commands";
import { testDatabase } from "@/lib/testing/database";
import { makeAccount } from "@/lib/testing/people";
import { readMigrations } from "@/prisma/migration-files";

const url = testDatabase();
let directory: string;
let target: string;
let whole: Buffer;
const file = (name: string) => join(directory, name);

beforeAll(async () => {
  directory = makeTestDirectory("portaria-refusals-");
  target = await makeEmptyDatabase();
  await makeAccount({ trusted: ["203.0.113.1"] });
  expect((await run("backup", [file("whole")], { DATABASE_URL: url() })).err).toBe("");
  whole = readFileSync(file("whole"));
});
afterAll(async () => {
  await dropDatabase(target);
  await removeTestDirectory(directory);
});

type Content = { kind: BackupRecord["kind"]; json?: Record<string, unknown>; rows?: string };

// The backup written anew, right but for what `change` makes of it.
async function rewritten(change: (records: Content[]) => Content[]): Promise<Buffer> {
  async function* bytes() {
    yield gunzipSync(whole);
  }
  const records: Content[] = [];
  for await (const { kind, content } of readRecords(bytes())) {
    if (kind === "D") records.push({ kind, rows: content.toString() });
    else if (kind !== "Z") records.push({ kind, json: JSON.parse(content.toString()) });
  }
  const writer = recordWriter();
  const parts = change(records).flatMap(({ kind, json, rows }) => {
    if (kind === "D") return [...writer.data(Buffer.from(rows ?? ""))];
    return [kind === "S" ? writer.end(json ?? {}) : writer.json(kind as "H", json)];
  });
  return gzipSync(Buffer.concat(parts));
}

const mapped = (kind: string, change: (json: Record<string, unknown>) => object) =>
  rewritten((records) =>
    records.map((one) =>
      one.kind === kind && one.json ? { ...one, json: change(one.json) as never } : one,
    ),
  );

const tableNamed = (from: string, to: string) =>
  mapped("T", (json) => (json.table === from ? { ...json, table: to } : json));

const kinds: [string, () => Promise<Buffer> | Buffer, RegExp][] = [
  ["an empty file", () => Buffer.alloc(0), /damaged \(it is cut off\)/],
  ["any other file", () => randomBytes(5000), /^This is not a backup of Portaria/],
  ["another compressed file", () => gzipSync("CREATE TABLE a ();"), /^This is not a backup/],
  ["one cut off", () => whole.subarray(0, whole.length - 20), /damaged \(it is cut off\)/],
  ["one cut in half", () => whole.subarray(0, whole.length / 2), /^The backup is damaged/],
  [
    "one with a byte changed",
    () => {
      const changed = Buffer.from(whole);
      const at = Math.floor(whole.length / 2);
      changed[at] = (changed[at] ?? 0) ^ 1;
      return changed;
    },
    /^The backup is damaged/,
  ],
  [
    "a newer format",
    () => mapped("H", (json) => ({ ...json, formatVersion: 99 })),
    /has format 99/,
  ],
  [
    "a newer version",
    () =>
      mapped("H", (json) => ({
        ...json,
        migrations: [...(json.migrations as string[]), "20990101000000_more"],
      })),
    /newer version of Portaria .*20990101000000_more.*git pull/,
  ],
  [
    "a migration that is a path",
    () => mapped("H", (json) => ({ ...json, migrations: ["../../etc/passwd"] })),
    /damaged \(a record does not have its form\)/,
  ],
  [
    "a secret of several lines",
    () =>
      mapped("H", (json) => ({ ...json, secrets: { authSecret: `${"s".repeat(40)}\nPORT=1` } })),
    /damaged \(a record does not have its form\)/,
  ],
  [
    "a demo password that is empty",
    () =>
      mapped("H", (json) => ({
        ...json,
        secrets: { ...(json.secrets as object), demoPasswords: { "maria@example.com": "" } },
      })),
    /damaged \(a record does not have its form\)/,
  ],
  [
    "a table with SQL for a name",
    () => tableNamed("account", 'account"; DROP TABLE session; --'),
    /a table is not as its migrations make it/,
  ],
  [
    "a table of PostgreSQL's own",
    () => tableNamed("account", "pg_authid"),
    /a table is not as its/,
  ],
  [
    "a column with SQL for a name",
    () => mapped("T", (json) => ({ ...json, columns: ["id) FROM PROGRAM 'id' --"] })),
    /a table is not as its/,
  ],
  [
    "a count beyond all bounds",
    () => mapped("E", (json) => ({ ...json, rows: 1e300 })),
    /does not have its form/,
  ],
  [
    "a count of too many",
    () => mapped("E", () => ({ rows: 9_000_000_000_000 })),
    /another number of rows/,
  ],
  [
    "a summary that counts otherwise",
    () => mapped("S", (json) => ({ ...json, counts: { ...(json.counts as object), account: 2 } })),
    /another number of rows/,
  ],
  [
    "a table left out",
    () =>
      rewritten((records) => {
        const at = records.findIndex(({ json }) => json?.table === "session");
        return records.toSpliced(at, 2).map((one) => {
          if (one.kind !== "S") return one;
          const counts = { ...(one.json?.counts as Record<string, number>) };
          delete counts.session;
          return { ...one, json: { ...one.json, counts } };
        });
      }),
    /a table is missing/,
  ],
  [
    "rows that a column refuses",
    () =>
      rewritten((records) =>
        records.map((one) => (one.kind === "D" ? { ...one, rows: "no\tsuch\trow\n" } : one)),
      ),
    /the rows of \w+( table)? are refused with 22/,
  ],
  [
    "a row whose account is missing",
    () =>
      rewritten((records) => {
        const at = records.findIndex(({ json }) => json?.table === "account");
        const end = records.findIndex(({ kind }, index) => index > at && kind === "E");
        return records.toSpliced(at + 1, end - at, { kind: "E", json: { rows: 0 } }).map((one) =>
          one.kind === "S"
            ? {
                ...one,
                json: { ...one.json, counts: { ...(one.json?.counts as object), account: 0 } },
              }
            : one,
        );
      }),
    /the rows of trusted_place are refused with 23503/,
  ],
];

// In this process: a start of the command for each would take most of the time.
async function restore(path: string): Promise<string> {
  try {
    await checkBackup(readRecords(readBackupFile(path)));
    await loadInto({ url: target, which: "the target" }, readRecords(readBackupFile(path)), {
      signal: new AbortController().signal,
      instead: "take another",
      beforeCommit: async () => () => {},
    });
    return "restored";
  } catch (error) {
    return (error as Error).name === "OperatorError" ? (error as Error).message : String(error);
  }
}

test.each(kinds)(
  "%s is refused in one sentence, and nothing is half done",
  async (name, make, words) => {
    const path = file(name.replaceAll(" ", "-"));
    writeFileSync(path, await make());
    const said = await restore(path);
    expect(said).toMatch(words);
    expect(said.split("\n")).toHaveLength(1);
    expect(await contentOf(target)).toEqual({});
  },
);

test("a file that is not there, and one that is a directory, are said to be", async () => {
  const settings = { DATABASE_URL: target };
  expect((await run("restore", [file("nowhere")], settings)).err).toMatch(/^There is no file /);
  expect((await run("restore", [directory], settings)).err).toMatch(
    / is no file: give npm run restore/,
  );
  expect((await run("restore", [], settings)).err).toMatch(/^npm run restore takes one file/);
}, 60_000);

test("the backup of an older version is restored with its migrations, and then brought up to date", async () => {
  const names = readMigrations().map(({ name }) => name);
  expect(names.length).toBeGreaterThan(9);
  const older = await makeEmptyDatabase();
  const newer = await makeEmptyDatabase();
  const client = new Client({ connectionString: older });
  await client.connect();
  try {
    const { makeSchema } = await import("@/lib/backup/make-schema");
    await makeSchema(client, names.slice(0, -3));
    await client.query(
      "INSERT INTO account (email, name, locale, password_changed_at, created_at) VALUES ('old@example.com', 'Ana', 'en', now(), now())",
    );
    await client.end();
    expect((await run("backup", [file("older")], { DATABASE_URL: older })).err).toBe("");
    expect((await run("restore", [file("older")], { DATABASE_URL: newer })).err).toBe("");
    const applied = await ask(
      newer,
      "SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1",
    );
    expect(applied).toEqual(names.map((name) => ({ name })));
    expect(await ask(newer, "SELECT email FROM account")).toEqual([{ email: "old@example.com" }]);
  } finally {
    await dropDatabase(older);
    await dropDatabase(newer);
  }
}, 60_000);
