import { expect, test } from "vitest";
import { pendingEnds, shutOutCauses } from "@/lib/access/rules/causes";
import { allBut, shutOut } from "@/lib/access/shut-out";
import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { inTransaction } from "@/lib/db/transaction";
import { actorsPassword, makeActor, signInFrom } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();

/** A sign-in and a widening of one account that wait for their codes. */
async function waiting() {
  const actor = await makeActor({ ip: "203.0.113.7", codeProven: false });
  const { accountId } = actor.session;
  await signInFrom(accountId, "198.51.100.66");
  await askToWiden(actor, actorsPassword, { kind: "trust-browser" });
  const open = await db.challenge.findMany({ where: { accountId, endedAt: null } });
  expect(open.map(({ purpose }) => purpose).sort()).toEqual(["sign-in", "widening"]);
  return { accountId, actor };
}

// The version before takes a cause that it does not know for none, and goes by the time alone.
const causes = shutOutCauses.filter((cause) => pendingEnds.some((end) => end === cause));

test.each(causes)(
  "codes that %s has ended have run out for the version before too",
  async (because) => {
    const { accountId } = await waiting();
    const at = new Date();
    await inTransaction(async (tx) => {
      await lockSubject(tx, accountId);
      await shutOut(tx, accountId, { because, keep: { ways: allBut("pendingCodes") }, now: at });
    });
    const ended = await db.challenge.findMany({ where: { accountId } });
    expect(ended).toHaveLength(2);
    for (const { endedBecause, expiresAt } of ended) {
      expect(endedBecause).toBe(because);
      expect(expiresAt).toEqual(at);
    }
  },
);

test("a code that had run out by itself keeps its end", async () => {
  const { accountId } = await waiting();
  const past = new Date(Date.now() - 60_000);
  await db.challenge.updateMany({ where: { accountId }, data: { expiresAt: past } });
  await inTransaction(async (tx) => {
    await lockSubject(tx, accountId);
    const keep = { ways: allBut("pendingCodes") };
    await shutOut(tx, accountId, { because: "case", keep, now: new Date() });
  });
  const ended = await db.challenge.findMany({ where: { accountId } });
  for (const { expiresAt } of ended) expect(expiresAt).toEqual(past);
});
