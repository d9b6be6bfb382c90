import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { type Database, inTransaction } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { testDatabase } from "@/lib/testing/database";
import { statementsOf } from "@/lib/testing/statements-of";

testDatabase();

const id = "0b5f2c9e-5a3c-4d0e-9d64-3c1f0f4f2a11";
const moment = new Date("2026-03-29T01:30:00.123Z");

const kinds: [name: string, sql: (value: unknown) => Prisma.Sql, value: unknown][] = [
  ["int4", (value) => Prisma.sql`SELECT ${value}::int4 AS out`, 7],
  ["int8", (value) => Prisma.sql`SELECT ${value}::int8 AS out`, 2n ** 60n],
  ["float8", (value) => Prisma.sql`SELECT ${value}::float8 AS out`, 0.25],
  ["bool", (value) => Prisma.sql`SELECT ${value}::bool AS out`, true],
  ["text", (value) => Prisma.sql`SELECT ${value}::text AS out`, 'O\'Neill \\ "É" $1 ʕ•ᴥ•ʔ'],
  ["null", (value) => Prisma.sql`SELECT ${value}::text AS out`, null],
  ["uuid", (value) => Prisma.sql`SELECT ${value}::uuid AS out`, id],
  ["inet", (value) => Prisma.sql`SELECT ${value}::inet AS out`, "2001:db8::/64"],
  ["timestamptz", (value) => Prisma.sql`SELECT ${value}::timestamptz AS out`, moment],
  ["date", (value) => Prisma.sql`SELECT ${value}::date AS out`, new Date("2026-03-29T00:00:00Z")],
  ["jsonb", (value) => Prisma.sql`SELECT ${value}::jsonb AS out`, { a: [1, { b: null }] }],
  ["bytea", (value) => Prisma.sql`SELECT ${value}::bytea AS out`, new Uint8Array([0, 255, 10])],
  ["text[]", (value) => Prisma.sql`SELECT ${value}::text[] AS out`, ["a,b", 'c"d', "{}"]],
  ["uuid[]", (value) => Prisma.sql`SELECT ${value}::uuid[] AS out`, [id]],
  ["timestamptz[]", (value) => Prisma.sql`SELECT ${value}::timestamptz[] AS out`, [moment]],
];

test.each(kinds)("a value of type %s comes back as it went", async (_, sql, value) => {
  for (const one of [db, "in a transaction"] as const) {
    const ask = (database: Database) => database.$queryRaw<{ out: unknown }[]>(sql(value));
    const rows = one === db ? await ask(db) : await inTransaction(ask);
    const out = rows[0]?.out;
    expect(out instanceof Uint8Array ? new Uint8Array(out) : out).toEqual(value);
  }
});

test("a number of PostgreSQL's own precision keeps it", async () => {
  const rows = await db.$queryRaw<{ out: Prisma.Decimal }[]>`SELECT 0.1::numeric + 0.2 AS out`;
  expect(String(rows[0]?.out)).toBe("0.3");
});

test("a statement is prepared once a connection, and said to whoever listens", async () => {
  const { sent } = await statementsOf(() =>
    inTransaction(async (tx) => {
      for (let round = 1; round <= 3; round += 1) await tx.$queryRaw`SELECT ${round}::int AS round`;
      const prepared = await tx.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM pg_prepared_statements WHERE statement LIKE '%AS round'`;
      expect(prepared).toEqual([{ count: 1 }]);
    }),
  );
  expect(sent.slice(0, 2)).toEqual(["BEGIN", "SELECT $1::int AS round"]);
  expect(sent.at(-1)).toBe("COMMIT");
  expect(sent).toHaveLength(6);
});

test("transactions at the same moment each have a connection of their own, ten rounds", async () => {
  for (let round = 1; round <= 10; round += 1) {
    const pids = await Promise.all(
      [1, 2, 3].map(() =>
        inTransaction(async (tx) => {
          const own = () => tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
          const first = await own();
          await sleep(1);
          expect(await own()).toEqual(first);
          return first[0]?.pid;
        }),
      ),
    );
    expect(new Set(pids).size).toBe(3);
  }
});

test("what is written by raw statements and by Prisma's is one transaction", async () => {
  const failing = inTransaction(async (tx) => {
    await tx.$executeRaw`INSERT INTO rate_window (key, subject, hits, admitted, asked_at)
      VALUES ('raw', 'raw', '{}', true, now())`;
    expect(await tx.rateWindow.count({ where: { key: "raw" } })).toBe(1);
    throw new Error("changed its mind");
  });
  await expect(failing).rejects.toThrow("changed its mind");
  expect(await db.rateWindow.count({ where: { key: "raw" } })).toBe(0);
});

test.each(["after it was carried out", "after it was undone"])(
  "a statement that comes %s is refused, on whoever's connection it would be",
  async (when) => {
    let kept: Database | undefined;
    const done = inTransaction(async (tx) => {
      kept = tx;
      if (when.endsWith("undone")) throw new Error("changed its mind");
    });
    await done.catch(() => {});
    const late = async () => kept && (await kept.$queryRaw`SELECT 1`);
    await expect(late).rejects.toThrow("after its transaction had ended");
  },
);
