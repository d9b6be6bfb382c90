import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { tablesIn } from "@/lib/backup/catalogue";
import { openSession } from "@/lib/backup/session";
import { beginSnapshot, type Counts, planBackup, writeBackup } from "@/lib/backup/write-backup";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import {
  ask,
  contentOf,
  dropDatabase,
  makeEmptyDatabase,
  run,
  secret,
} from "@/lib/testing/commands";
import { testDatabase } from "@/lib/testing/database";
import { pair } from "@/lib/testing/writers";

const url = testDatabase();
const typed = "was-typed-by-somebody";
const unlogged = ["form_press", "returned_input"];
let directory: string;
let target: string;
beforeAll(async () => {
  directory = makeTestDirectory("portaria-unlogged-");
  await ask(url(), pair, ["kept@example.com"]);
  await ask(
    url(),
    `INSERT INTO returned_input (id, browser, page, mark, network, sealed, created_at, expires_at)
     VALUES ('${typed}', '\\x01', '\\x02', '', '203.0.113.7/32', '\\x03', now(), now() + interval '15 minutes')`,
  );
  await ask(
    url(),
    `INSERT INTO form_press (browser, form, id, pressed_at, alive_at)
     VALUES ('\\x01', '\\x02', gen_random_uuid(), now(), now())`,
  );
});
beforeEach(async () => {
  target = await makeEmptyDatabase();
  return () => dropDatabase(target);
});
afterAll(() => removeTestDirectory(directory));

/** What the target holds is what the source does, but for rows of tables that are not logged. */
async function expectAllButUnlogged() {
  const content = await contentOf(url());
  for (const table of unlogged) expect(content[table]).toMatch(/^1 /);
  const empty = Object.fromEntries(unlogged.map((table) => [table, "0 "]));
  expect(await contentOf(target)).toEqual({ ...content, ...empty });
}

test("a backup reads no table that is not logged, as a standby would refuse it, and holds none of its rows", async () => {
  const client = await openSession(url(), new AbortController().signal);
  const others = new Client(url());
  await others.connect();
  try {
    expect((await tablesIn(client)).flatMap((one) => (one.isUnlogged ? [one.table] : []))).toEqual(
      unlogged,
    );
    await others.query("BEGIN");
    await others.query(`LOCK TABLE ${unlogged.join(", ")} IN ACCESS EXCLUSIVE MODE`);
    // Whoever read them would wait, and fail.
    await client.query("SET lock_timeout = '2s'");
    await beginSnapshot(client);
    const plan = await planBackup(client, { authSecret: secret });
    const counts: Counts = {};
    const pieces: Buffer[] = [];
    const bytes = writeBackup(client, plan, (table, rows) => {
      counts[table] = rows;
    });
    for await (const piece of bytes) pieces.push(piece);
    expect(counts).toMatchObject({ account: 1, form_press: 0, returned_input: 0 });
    const text = Buffer.concat(pieces).toString("latin1");
    expect(text).toContain("kept@example.com");
    expect(text).not.toContain(typed);
  } finally {
    await client.end();
    await others.end();
  }
});

test("such a backup is restored, with those tables empty", async () => {
  const file = join(directory, "backup");
  const backed = await run("backup", [file], { DATABASE_URL: url() });
  expect(backed).toMatchObject({ code: 0, err: "" });
  const restored = await run("restore", [file], { DATABASE_URL: target });
  expect(restored).toMatchObject({ code: 0, err: "" });
  await expectAllButUnlogged();
}, 90_000);

// Last: the source only reads from then on.
test("a move leaves those tables empty", async () => {
  const moved = await run("move", [target], { DATABASE_URL: url(), DATA_DIR: directory });
  expect(moved).toMatchObject({ code: 0, err: "" });
  await expectAllButUnlogged();
}, 90_000);
