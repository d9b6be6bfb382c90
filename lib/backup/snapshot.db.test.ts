import { expect, test } from "vitest";
import { openSession } from "@/lib/backup/session";
import { beginSnapshot, type Counts, planBackup, writeBackup } from "@/lib/backup/write-backup";
import { secret } from "@/lib/testing/commands";
import { testDatabase } from "@/lib/testing/database";
import { keepWriting } from "@/lib/testing/writers";

const url = testDatabase();

async function backUp(): Promise<Counts> {
  const client = await openSession(url(), new AbortController().signal);
  try {
    await beginSnapshot(client);
    const plan = await planBackup(client, { authSecret: secret });
    const counts: Counts = {};
    for await (const _ of writeBackup(client, plan, (table, rows) => {
      counts[table] = rows;
    }));
    return counts;
  } finally {
    await client.end();
  }
}

test("ten backups while accounts come and go each see one moment, and nobody is kept from writing", async () => {
  const writers = ["a", "b", "c"].map((name) => keepWriting(url(), name, { takeEvery: 3 }));
  await expect.poll(() => writers.every(({ kept }) => kept.length > 0)).toBe(true);
  const rounds: Counts[] = [];
  for (let round = 1; round <= 10; round++) rounds.push(await backUp());
  for (const writer of writers) await writer.stop();
  for (const counts of rounds) expect(counts.trusted_place).toBe(counts.account);
  expect(new Set(rounds.map(({ account }) => account)).size).toBeGreaterThan(1);
  expect(writers.flatMap(({ refused }) => refused)).toEqual([]);
}, 60_000);
