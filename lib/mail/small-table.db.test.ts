import { expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { ownerPart, writeTogether } from "@/lib/db/together";
import { inTransaction } from "@/lib/db/transaction";
import { openClaims } from "@/lib/mail/claims";
import { newMailsPart } from "@/lib/mail/outbox";
import { testDatabase } from "@/lib/testing/database";
import { notice, storeUnheard } from "@/lib/testing/mails";

const databaseUrl = testDatabase();

/** How often the table was read whole and by an index, and how many rows by an index, by sessions that have said so. */
async function reads() {
  const [row] = await db.$queryRaw<{ whole: bigint; byIndex: bigint; rows: bigint }[]>`
    SELECT seq_scan AS whole, idx_scan AS "byIndex", idx_tup_fetch AS rows
    FROM pg_stat_user_tables WHERE relname = 'mail'`;
  return { whole: Number(row?.whole), byIndex: Number(row?.byIndex), rows: Number(row?.rows) };
}

// In a file of its own: nothing else reads the table in its database.
test("mails are read by their indexes also where their table was small when the connection began", async () => {
  await db.$executeRaw`VACUUM ANALYZE mail`;
  expect(await reads()).toEqual({ whole: 0, byIndex: 0, rows: 0 });
  const claims = openClaims(databaseUrl());
  const ask = { pace: null, most: 1, spare: 0, isForLongWait: true, except: [] };
  // The sixth and later ones are by a plan that is kept.
  for (let round = 0; round < 8; round++) {
    const mailId = await storeUnheard(notice());
    const { mails } = await claims.take(ask);
    expect(mails.map(({ id }) => id)).toEqual([mailId]);
    await inTransaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
      await tx.$executeRaw`UPDATE mail SET state = 'sent' WHERE id = ${mailId}::uuid`;
    });
    claims.releaseLater(mailId);
  }
  // By that plan and by a new one a hundred of many are taken, without reading the others: a code waits for that.
  await inTransaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    const many = Array.from({ length: 3_000 }, () => notice());
    await writeTogether(tx, [ownerPart(null), newMailsPart(many)]);
  });
  for (const taking of [claims, openClaims(databaseUrl())]) {
    expect((await taking.take({ ...ask, mayBatch: true })).mails).toHaveLength(100);
    await taking.close();
  }
  // What a session has read is counted when it ends at the latest.
  await vi.waitFor(async () => expect((await reads()).byIndex).toBeGreaterThan(400), 20_000);
  const { whole, rows } = await reads();
  expect(whole).toBe(0);
  expect(rows).toBeLessThan(2_000);
});
