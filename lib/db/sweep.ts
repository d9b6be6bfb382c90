import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/generated/prisma/client";

/** One kind of what a clean-up takes away, in batches. */
export type Sweep = {
  /** The table that it is about, and what of it where that is not all. */
  what: string;
  /** Takes away as many rows as are named, or fewer; how many there were. Nought: there are no more. */
  takeBatch(limit: number): Promise<number>;
};

/** Rows of a table that are of no use any more. */
export type OldRows = {
  table: string;
  /** The column that says how old a row is. An index must give the rows in its order. */
  by: string;
  /** A row of this moment stays. */
  before: Date;
  /** Which rows of that age are meant; left out: all. */
  only?: Prisma.Sql;
  /** What is emptied of them, as a SET has it; left out: the rows are deleted. */
  emptied?: Prisma.Sql;
};

/**
 * Takes old rows away from the oldest on. What somebody else holds at that moment is left for the next
 * run: a clean-up waits for nobody, and nobody waits for more than one batch of it.
 */
export function sweepOf({ table, by, before, only, emptied }: OldRows): Sweep {
  // Behind what was taken: until a vacuum comes, its entries still stand in the index.
  let from: Date | null = null;
  const [of, age] = [Prisma.raw(`"${table}"`), Prisma.raw(`"${by}"`)];
  const take =
    emptied === undefined ? Prisma.sql`DELETE FROM ${of}` : Prisma.sql`UPDATE ${of} SET ${emptied}`;
  return {
    what: only === undefined ? table : `${table}, by ${by}`,
    async takeBatch(limit) {
      const [batch] = await db.$queryRaw<{ met: number; last: Date | null }[]>`
        WITH met AS MATERIALIZED (
          SELECT ctid AS row, ${age} AS age FROM ${of}
          WHERE ${age} < ${before}::timestamptz
            ${from === null ? Prisma.empty : Prisma.sql`AND ${age} >= ${from}::timestamptz`}
            ${only === undefined ? Prisma.empty : Prisma.sql`AND ${only}`}
          ORDER BY ${age} LIMIT ${limit} FOR UPDATE SKIP LOCKED
        ), taken AS (
          ${take} WHERE ctid = ANY(ARRAY(SELECT row FROM met)) RETURNING 1
        )
        SELECT (SELECT count(*)::int FROM taken) AS met, (SELECT max(age) FROM met) AS last`;
      from = batch?.last ?? from;
      return batch?.met ?? 0;
    },
  };
}

/** Rows of the first batch of a sweep, and of the largest. */
export const FIRST_BATCH = 100;
const LARGEST_BATCH = 5_000;
// A batch's locks end with it, and nobody is to wait for one longer than 100 ms.
const AIMED_AT_MS = 40;
/** Batches in a row, until the next sweep has its turn: one with much to do keeps none from its own. */
const BATCHES_IN_A_TURN = 20;

type Waiting = { sweep: Sweep; limit: number };

/** Takes a turn of batches, each as large as the time of the one before allows; whether there is more. */
async function takeTurn(waiting: Waiting, signal: AbortSignal | undefined): Promise<boolean> {
  for (let batch = 0; batch < BATCHES_IN_A_TURN; batch += 1) {
    if (signal?.aborted) return false;
    const startedAt = performance.now();
    if ((await waiting.sweep.takeBatch(waiting.limit)) === 0) return false;
    const tookMs = Math.max(1, performance.now() - startedAt);
    const factor = Math.min(2, Math.max(1 / 4, AIMED_AT_MS / tookMs));
    waiting.limit = Math.max(1, Math.min(LARGEST_BATCH, Math.floor(waiting.limit * factor)));
  }
  return true;
}

/**
 * Carries sweeps out in turns until nothing is left. Each batch is a transaction: whatever ends a run,
 * the next one goes on from there. A sweep that fails keeps no other from its turn.
 *
 * @param signal ends the run behind the batch under way
 * @throws when all others are done, naming those that failed, with their errors
 */
export async function sweepInTurns(sweeps: Sweep[], signal?: AbortSignal): Promise<void> {
  let waiting: Waiting[] = sweeps.map((sweep) => ({ sweep, limit: FIRST_BATCH }));
  const failed: { what: string; error: unknown }[] = [];
  while (waiting.length > 0) {
    const left: Waiting[] = [];
    for (const one of waiting) {
      try {
        if (await takeTurn(one, signal)) left.push(one);
      } catch (error) {
        failed.push({ what: one.sweep.what, error });
      }
    }
    waiting = left;
  }
  if (failed.length === 0) return;
  const names = failed.map(({ what }) => what).join("; ");
  const [first] = failed;
  throw new Error(`Not all could be taken away of: ${names}.`, { cause: first?.error });
}
