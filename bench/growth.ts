import pg from "pg";
import { type CleanUps, quiet } from "@/bench/clean-ups";
import { fillGrowth } from "@/bench/growth-rows";
import { growthSteps, type Step } from "@/bench/growth-steps";
import { describeRun } from "@/bench/machine";
import { median } from "@/bench/median";
import { disconnectDatabase } from "@/lib/db/client";
import { startEmbeddedDatabase } from "@/lib/embedded-database/embedded-database.mjs";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { resetEnvironment } from "@/lib/env/env";
import { hashPassword } from "@/lib/password/password-hash";
import { explainEverything, statementsOf } from "@/lib/testing/statements";
import { migrate } from "@/prisma/migrate";

const FEW_ACCOUNTS = 1_000;
const TIMES = 7;
const PASSWORD = "a long enough passphrase";

async function inTables<T>(
  accounts: number,
  work: () => Promise<T>,
  cleanUps: CleanUps,
): Promise<T> {
  const dataDir = makeTestDirectory("portaria-growth-");
  const remove = cleanUps.add(() => removeTestDirectory(dataDir));
  const database = await startEmbeddedDatabase({ dataDir, durable: false, log: quiet });
  const stop = cleanUps.add(database.stop);
  await migrate(database.url, { log: quiet });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const startedAt = performance.now();
  await fillGrowth(client, accounts, {
    passwordHash: await hashPassword(PASSWORD),
    onTable: (table, rows) => {
      const seconds = Math.round((performance.now() - startedAt) / 1_000);
      console.error(`${seconds} s: ${rows} rows of ${table}`);
    },
  });
  await client.end();
  const result = await onDatabase(database.url, work);
  // Before the next one is filled: both together may be more than the disk holds.
  await stop();
  await remove();
  return result;
}

async function onDatabase<T>(url: string, work: () => Promise<T>): Promise<T> {
  process.env.DATABASE_URL = url;
  process.env.AUTH_SECRET ||= "a secret for a bench of 32 characters or more";
  process.env.EMAIL_TRANSPORT = "mailbox";
  resetEnvironment();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    `SELECT relname AS table, reltuples::bigint AS rows, pg_size_pretty(pg_table_size(oid)) AS heap,
        pg_size_pretty(pg_indexes_size(oid)) AS indexes
      FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > 999
      ORDER BY pg_total_relation_size(oid) DESC`,
  );
  console.table(rows);
  await client.end();
  await explainEverything(url);
  try {
    return await work();
  } finally {
    await disconnectDatabase();
  }
}

type Measured = { milliseconds: number; rows: number; pages: number; most: string };

async function measure({ work }: Step): Promise<Measured> {
  const times: number[] = [];
  let measured = { rows: 0, pages: 0, most: "" };
  for (let time = -1; time < TIMES; time += 1) {
    const startedAt = performance.now();
    const statements = await statementsOf(work);
    if (time >= 0) times.push(performance.now() - startedAt);
    const [most] = statements.toSorted((a, b) => b.pages - a.pages);
    measured = {
      rows: statements.reduce((sum, one) => sum + one.rows, 0),
      pages: statements.reduce((sum, one) => sum + one.pages, 0),
      most: most?.scans.join(", ") ?? "",
    };
  }
  return { milliseconds: median(times), ...measured };
}

async function measureAll(): Promise<Map<string, Measured>> {
  const all = new Map<string, Measured>();
  for (const step of await growthSteps(PASSWORD)) {
    const measured = await measure(step);
    all.set(step.name, measured);
    const { milliseconds, rows, pages, most } = measured;
    console.error(
      `${step.name}: ${milliseconds.toFixed(1)} ms, ${rows} rows, ${pages} pages; ${most}`,
    );
  }
  return all;
}

/**
 * Measures the same steps in small and in large tables, by databases of its own, and prints both;
 * GROWTH_DATABASE_URL names one that is filled already.
 */
export async function measureGrowth(accounts: number, cleanUps: CleanUps): Promise<void> {
  const filled = process.env.GROWTH_DATABASE_URL;
  const small = await inTables(FEW_ACCOUNTS, measureAll, cleanUps);
  const large = await (filled === undefined
    ? inTables(accounts, measureAll, cleanUps)
    : onDatabase(filled, measureAll));
  console.log(describeRun(`npm run bench -- growth ${accounts}`));
  console.table(
    [...large].map(([step, { milliseconds, rows, pages }]) => {
      const before = small.get(step);
      return {
        step,
        [`ms, ${FEW_ACCOUNTS}`]: before?.milliseconds.toFixed(1),
        [`ms, ${accounts}`]: milliseconds.toFixed(1),
        times: (milliseconds / (before?.milliseconds ?? Number.NaN)).toFixed(1),
        rows: `${before?.rows} / ${rows}`,
        pages: `${before?.pages} / ${pages}`,
      };
    }),
  );
}
