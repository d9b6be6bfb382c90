import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { moveDatabase } from "@/lib/backup/move";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import {
  ask,
  contentOf,
  dropDatabase,
  makeEmptyDatabase,
  run,
  secret,
  startCommand,
} from "@/lib/testing/commands";
import { makeMigratedDatabase } from "@/lib/testing/database";
import { keepWriting, pair } from "@/lib/testing/writers";
import { migrate } from "@/prisma/migrate";

const quiet = { info() {} };
let directory: string;
let source: string;
let made: string[] = [];
beforeEach(async () => {
  directory = makeTestDirectory("portaria-move-");
  source = await makeMigratedDatabase();
  made.push(source);
});
afterEach(async () => {
  for (const one of made) await dropDatabase(one);
  made = [];
  await removeTestDirectory(directory);
});

async function newDatabase(): Promise<string> {
  const url = await makeEmptyDatabase();
  made.push(url);
  return url;
}

const settings = () => ({ DATABASE_URL: source, DATA_DIR: directory });

const many = (rows: number) =>
  ask(
    source,
    `INSERT INTO rate_window (key, subject, hits, admitted, asked_at)
     SELECT 'move/' || n, 'move', ARRAY[now()], true, now() FROM generate_series(1, ${rows}) n`,
  );

const never = new AbortController().signal;
const opened = (url: string) => ({
  url,
  which: "the database",
  isEmbedded: false,
  close: async () => {},
});

test("ten moves while others write: what was acknowledged is there, and nothing is written behind it", async () => {
  for (let round = 1; round <= 10; round++) {
    const target = await newDatabase();
    const writers = ["a", "b", "c"].map((name) => keepWriting(source, `${round}-${name}`));
    await expect.poll(() => writers.every(({ kept }) => kept.length > 2)).toBe(true);
    const { counts } = await moveDatabase(
      opened(source),
      { ...opened(target), name: "there" },
      { signal: never, ignore() {}, secrets: { authSecret: secret }, beforeCommit: () => () => {} },
    );
    // Each has heard since that this database only reads.
    await expect.poll(() => writers.every(({ refused }) => refused.includes("25006"))).toBe(true);
    for (const writer of writers) await writer.stop();
    const there = await ask<{ email: string }>(target, "SELECT email FROM account");
    const emails = new Set(there.map(({ email }) => email));
    expect(writers.flatMap(({ kept }) => kept).filter((email) => !emails.has(email))).toEqual([]);
    expect(counts.account).toBe(emails.size);
    expect(counts.trusted_place).toBe(counts.account);
    expect(await contentOf(target)).toEqual(await contentOf(source));
    source = target;
  }
}, 400_000);

test("a moved database does not start, says where it went without a password, and opens on purpose", async () => {
  const target = await newDatabase();
  await ask(source, pair, ["before@example.com"]);
  await ask(
    source,
    `COMMENT ON DATABASE ${new URL(source).pathname.slice(1)} IS 'ours, since 2019'`,
  );
  const { code, out, err } = await run("move", ["-"], settings(), `${target}\n`);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const { password } = new URL(target);
  expect(out).not.toContain(password);
  expect(out).not.toContain(secret);
  const file = join(directory, "moved.env");
  expect(readFileSync(file, "utf8")).toBe(`DATABASE_URL=${target}\nAUTH_SECRET='${secret}'\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const start = await migrate(source, { log: quiet }).catch((error: Error) => error.message);
  expect(start).toMatch(
    /^This database was moved to 127\.0\.0\.1:\d+\/test_\w+ on \S+Z: set DATABASE_URL/,
  );
  expect(start).not.toContain(password);
  await expect(ask(source, pair, ["late@example.com"])).rejects.toMatchObject({ code: "25006" });
  expect((await run("move", [target], settings())).err).toMatch(/^This database was moved to/);
  await migrate(target, { log: quiet });

  const back = await run("move", ["--back"], settings());
  expect(back).toMatchObject({ code: 0, err: "" });
  await migrate(source, { log: quiet });
  await ask(source, pair, ["late@example.com"]);
  const [comment] = await ask(
    source,
    "SELECT shobj_description(oid, 'pg_database') AS text FROM pg_database WHERE datname = current_database()",
  );
  expect(comment).toEqual({ text: "ours, since 2019" });
  expect((await run("move", ["--back"], settings())).err).toMatch(
    /was not moved: nothing was changed/,
  );
}, 120_000);

const isHeld = async () =>
  (
    await ask(
      source,
      `SELECT FROM pg_locks WHERE mode = 'ExclusiveLock' AND locktype = 'relation' AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    )
  ).length > 0;

const copying = async (target: string) =>
  (
    await ask(
      target,
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY %'
       AND application_name = 'portaria backup'`,
    )
  ).length > 0;

test.each([
  { how: "is killed", code: null, words: /^$/ },
  { how: "is interrupted", code: 130, words: /^Stopped, as asked: nothing was changed\.\n$/ },
  {
    how: "loses the target",
    code: 1,
    words:
      /^The (connection to the )?database at \S+ (was lost|ended the connection) .*nothing was changed.*\n$/,
  },
])(
  "the source goes on, and the target is empty, when a move $how in the middle",
  async ({ how, code, words }) => {
    const target = await newDatabase();
    await many(150_000);
    const before = await contentOf(source);
    const { child, ended } = startCommand("move", [target], settings());
    await expect.poll(() => copying(target), { timeout: 30_000 }).toBe(true);
    expect(await isHeld()).toBe(true);
    // Whoever writes meanwhile is sent away, and need not wait for the end.
    await expect(ask(source, pair, ["x@example.com"])).rejects.toMatchObject({ code: "57P01" });
    if (how === "loses the target")
      await ask(
        target,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'portaria backup'",
      );
    else child.kill(how === "is killed" ? "SIGKILL" : "SIGINT");
    const end = await ended;
    expect(end.code).toBe(code);
    expect(end.err).toMatch(words);
    await expect.poll(isHeld).toBe(false);
    expect(await contentOf(source)).toEqual(before);
    await ask(source, pair, ["x@example.com"]);
    await migrate(source, { log: quiet });
    expect(await contentOf(target)).toEqual({});
    expect(existsSync(join(directory, "moved.env"))).toBe(false);
    expect((await run("move", [target], settings())).err).toBe("");
  },
  90_000,
);

test("a target that holds anything is left alone, and so is the source", async () => {
  const target = await newDatabase();
  await ask(target, 'CREATE TABLE "of; another" AS SELECT 1 AS n');
  const { code, err } = await run("move", [target], settings());
  expect(code).toBe(1);
  expect(err).toMatch(
    /^The database at \S+ is not empty \(it holds public\.of; another\), and nothing/,
  );
  await ask(source, pair, ["x@example.com"]);
  expect(await contentOf(target)).toHaveProperty("of; another");
});

// A user that is no superuser sees less of others' sessions: what it does not see must not slip through.
test.each([
  { right: "may end", rights: ["GRANT pg_signal_backend TO"], moves: true },
  { right: "may not end", rights: [], moves: false },
])(
  "a session of another role, which the owner $right, loses no write",
  async ({ rights, moves }) => {
    const id = crypto.randomUUID().slice(0, 8);
    const [owner, writer] = [`owner_${id}`, `writer_${id}`];
    const name = new URL(source).pathname.slice(1);
    const target = await newDatabase();
    const urlOf = (role: string) =>
      Object.assign(new URL(source), { username: role, password: "x" }).href;
    for (const role of [owner, writer]) await ask(source, `CREATE ROLE ${role} LOGIN PASSWORD 'x'`);
    try {
      await ask(source, `ALTER DATABASE ${name} OWNER TO ${owner}`);
      await ask(source, `GRANT ALL ON ALL TABLES IN SCHEMA public TO ${owner}, ${writer}`);
      for (const grant of rights) await ask(source, `${grant} ${owner}`);
      const writing = keepWriting(urlOf(writer), "w");
      await expect.poll(() => writing.kept.length > 2).toBe(true);
      const settled = moveDatabase(
        opened(urlOf(owner)),
        { ...opened(target), name: "there" },
        {
          signal: never,
          ignore() {},
          secrets: { authSecret: secret },
          beforeCommit: () => () => {},
        },
      ).then(
        () => "moved",
        (error: Error) => error.message,
      );
      const said = await settled;
      if (moves) {
        expect(said).toBe("moved");
        await expect.poll(() => writing.refused.includes("25006")).toBe(true);
      } else
        expect(said).toMatch(/^Connections of other users are open that this user may not end/);
      await writing.stop();
      const there = await ask<{ email: string }>(
        moves ? target : source,
        "SELECT email FROM account",
      );
      const emails = new Set(there.map(({ email }) => email));
      expect(writing.kept.filter((email) => !emails.has(email))).toEqual([]);
    } finally {
      await dropDatabase(source);
      await ask(target, `DROP ROLE ${owner}, ${writer}`);
    }
  },
  120_000,
);
