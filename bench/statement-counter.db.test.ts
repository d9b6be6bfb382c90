import { Client } from "pg";
import { afterEach, expect, test } from "vitest";
import { type StatementCounter, startStatementCounter } from "@/bench/statement-counter";
import { testDatabase } from "@/lib/testing/database";

const url = testDatabase();
let open: { client: Client; counter: StatementCounter };

async function connect() {
  const counter = await startStatementCounter(url());
  const client = new Client({ connectionString: counter.url });
  await client.connect();
  open = { client, counter };
  return open;
}

afterEach(async () => {
  await open.client.end();
  await open.counter.close();
});

test("every execution is counted, however it is sent, and each once", async () => {
  const { client, counter } = await connect();
  const named = (n: number) => ({ name: "one", text: "SELECT $1::int AS named", values: [n] });
  await client.query("BEGIN");
  await client.query("SELECT $1::int AS unnamed", [1]);
  await client.query(named(1));
  await client.query(named(2));
  await client.query("COMMIT");
  expect(counter.take().map(({ sql }) => sql)).toEqual([
    "BEGIN",
    "SELECT $1::int AS unnamed",
    "SELECT $1::int AS named",
    "SELECT $1::int AS named",
    "COMMIT",
  ]);
  expect(counter.take()).toEqual([]);
});

test("a statement longer than what one read brings is one", async () => {
  const { client, counter } = await connect();
  const long = `SELECT '${"x".repeat(300_000)}'`;
  await client.query(long);
  expect(counter.take().map(({ sql }) => sql)).toEqual([long]);
});

test("what writes is distinguished from what reads", async () => {
  const { client, counter } = await connect();
  await client.query("CREATE TEMP TABLE t (n int)");
  for (const sql of [
    "INSERT INTO t VALUES (1)",
    "UPDATE t SET n = 2",
    "WITH gone AS (DELETE FROM t RETURNING n) SELECT n FROM gone",
    "SELECT 'update' AS n",
    "WITH t AS (SELECT 1 AS n) SELECT n FROM t",
  ])
    await client.query(sql);
  const [, ...rest] = counter.take();
  expect(rest.map(({ isWrite }) => isWrite)).toEqual([true, true, true, false, false]);
});
