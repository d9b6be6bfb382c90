import { expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { ownerPart, writeTogether } from "@/lib/db/together";
import { inTransaction } from "@/lib/db/transaction";
import { openClaims } from "@/lib/mail/claims";
import { newMailsPart } from "@/lib/mail/outbox";
import { testDatabase } from "@/lib/testing/database";
import { notice, storeUnheard } from "@/lib/testing/mails";

const databaseUrl = testDatabase();

const SENT = 50_000;

/** How many rows of mails sessions have read by an index, as far as they have said so. */
async function read(): Promise<number> {
  const [row] = await db.$queryRaw<{ rows: bigint }[]>`
    SELECT idx_tup_fetch AS rows FROM pg_stat_user_tables WHERE relname = 'mail'`;
  return Number(row?.rows);
}

// In a file of its own: nothing else reads the table in its database.
test("among many that were sent a hundred are taken without reading the others that wait", async () => {
  const id = await storeUnheard(notice());
  await db.$executeRaw`
    INSERT INTO mail (kind, recipient, locale, facts, state, next_try_at, useful_until, created_at, sent_at)
    SELECT kind, recipient, locale, facts, 'sent', next_try_at, useful_until, created_at, now()
    FROM mail, generate_series(1, ${SENT}::int) WHERE id = ${id}::uuid`;
  await db.$executeRaw`UPDATE mail SET state = 'sent'`;
  await db.$executeRaw`VACUUM ANALYZE mail`;
  const claims = openClaims(databaseUrl());
  const ask = { pace: null, most: 1, spare: 0, isForLongWait: true, except: [] };
  // The sixth and later ones are by a plan that is kept: the index of those that wait has a page then.
  for (let round = 0; round < 8; round++) {
    const mailId = await storeUnheard(notice());
    expect((await claims.take(ask)).mails.map((mail) => mail.id)).toEqual([mailId]);
    await db.$executeRaw`UPDATE mail SET state = 'sent' WHERE id = ${mailId}::uuid`;
    claims.releaseLater(mailId);
  }
  await inTransaction(async (tx) => {
    const many = Array.from({ length: 3_000 }, () => notice());
    await writeTogether(tx, [ownerPart(null), newMailsPart(many)]);
  });
  await db.$executeRaw`SELECT pg_stat_force_next_flush()`;
  const before = await read();
  expect((await claims.take({ ...ask, mayBatch: true })).mails).toHaveLength(100);
  await claims.close();
  await vi.waitFor(async () => expect((await read()) - before).toBeGreaterThan(200), 20_000);
  expect((await read()) - before).toBeLessThan(1_000);
});
