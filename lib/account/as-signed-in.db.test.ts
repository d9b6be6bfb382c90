import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { asCustomer, asSignedIn } from "@/lib/account/as-signed-in";
import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { type Database, inTransaction } from "@/lib/db/transaction";
import { makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { countWaiting } from "@/lib/testing/waiting";

testDatabase();

const work = async () => ({ kind: "done" as const });

type Ending = (tx: Database, session: { id: string; accountId: string }) => Promise<unknown>;

/** Whatever takes from a session what it could do. */
const endings: Record<string, Ending> = {
  "its end": (tx, { id }) => tx.session.update({ where: { id }, data: { endedAt: new Date() } }),
  "a new password": (tx, { accountId: id }) =>
    tx.account.update({ where: { id }, data: { passwordChangedAt: new Date() } }),
};

test.each(Object.entries(endings))("after %s nothing is done for a session", async (_, end) => {
  const actor = await makeActor();
  const nothing = async () => {};
  expect(await asCustomer(actor, work)).toEqual({ kind: "done" });
  expect(await asSignedIn(actor, nothing, work)).toEqual({ kind: "done" });
  await end(db, actor.session);
  const never = async () => {
    throw new Error("The session had ended.");
  };
  expect(await asCustomer(actor, never)).toEqual({ kind: "signed-out" });
  expect(await asSignedIn(actor, nothing, never)).toEqual({ kind: "signed-out" });
  expect(await asSignedIn(null, nothing, work)).toEqual({ kind: "done" });
});

test.each(Object.entries(endings))("what waits for its lock sees %s", async (_, end) => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  let waiting: Promise<{ kind: string }>[] = [];
  await inTransaction(async (tx) => {
    await lockSubject(tx, accountId);
    waiting = [
      asCustomer(actor, work),
      asSignedIn(actor, (own) => lockSubject(own, accountId), work),
    ];
    await end(tx, actor.session);
    await expect.poll(countWaiting).toBe(waiting.length);
  });
  expect(await Promise.all(waiting)).toEqual([{ kind: "signed-out" }, { kind: "signed-out" }]);
});

test("further accounts are locked with one's own, in one order", async () => {
  const [one, other] = [await makeActor(), await makeActor()];
  const both = [one.session.accountId, other.session.accountId];
  const versions = () =>
    db.account.findMany({ where: { id: { in: both } }, select: { id: true, accessVersion: true } });
  const before = await versions();
  const tries = Array.from({ length: 8 }, (_, index) =>
    asCustomer(index % 2 === 0 ? one : other, work, both),
  );
  expect(await Promise.all(tries)).toEqual(tries.map(() => ({ kind: "done" })));
  const risen = before.map(({ id, accessVersion }) => ({ id, accessVersion: accessVersion + 8 }));
  expect(await versions()).toEqual(expect.arrayContaining(risen));
  await expect(asCustomer(one, work, [randomUUID()])).resolves.toEqual({ kind: "done" });
});

const lib = fileURLToPath(new URL("..", import.meta.url));

test("whether a session still lives is asked in one function", () => {
  const asking = readdirSync(lib, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|^generated/.test(file))
    .filter((file) => readFileSync(`${lib}/${file}`, "utf8").includes("isStillSignedIn("));
  expect(asking.sort()).toEqual(["account/as-signed-in.ts", "account/change-store.ts"]);
});
