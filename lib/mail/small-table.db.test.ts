import { expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { openClaims } from "@/lib/mail/claims";
import { testDatabase } from "@/lib/testing/database";
import { notice, storeUnheard } from "@/lib/testing/mails";

const databaseUrl = testDatabase();

/** How often the table was read whole and by an index, by sessions that have said so. */
async function reads() {
  const [row] = await db.$queryRaw<{ whole: bigint; byIndex: bigint }[]>`
    SELECT seq_scan AS whole, idx_scan AS "byIndex" FROM pg_stat_user_tables WHERE relname = 'mail'`;
  return { whole: Number(row?.whole), byIndex: Number(row?.byIndex) };
}

// In a file of its own: nothing else reads the table in its database.
test("mails are read by their indexes also where their table was small when the connection began", async () => {
  await db.$executeRaw`VACUUM ANALYZE mail`;
  expect(await reads()).toEqual({ whole: 0, byIndex: 0 });
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
  // What a session has read is counted when it ends at the latest.
  await claims.close();
  await vi.waitFor(async () => expect((await reads()).byIndex).toBeGreaterThan(8));
  expect((await reads()).whole).toBe(0);
});
