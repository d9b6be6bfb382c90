import { expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { addFurther, makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { freshAddress } from "@/lib/testing/people";

testDatabase();

const mark = (address: string, because = "bounced") =>
  db.markedAddress.create({
    data: { address: address.toLowerCase(), because, markedAt: new Date() },
  });

async function customer() {
  const { session } = await makeActor();
  const unreachable = async () => (await findLiveSession(session.id))?.account.unreachable;
  const marked = async () => (await findLiveSession(session.id))?.account.marked;
  return { ...session, email: session.account.email, unreachable, marked };
}

test.each(["bounced", "complaint", "suppressed"])(
  "no mail reaches an account: %s",
  async (because) => {
    const { email, unreachable } = await customer();
    expect(await unreachable()).toBeNull();
    await mark(freshAddress(), because);
    expect(await unreachable()).toBeNull();
    await mark(email, because);
    expect(await unreachable()).toBe(because);
  },
);

test("another address ends that once it is confirmed, as long as it is not marked itself", async () => {
  const { email, accountId, unreachable } = await customer();
  await mark(email);
  const at = new Date();
  const waiting = { accountId, email: freshAddress(), createdAt: at, expiresAt: at };
  const { id } = await db.furtherAddress.create({ data: waiting });
  expect(await unreachable()).toBe("bounced");
  await db.furtherAddress.update({ where: { id }, data: { confirmedAt: at } });
  expect(await unreachable()).toBeNull();
  await mark(waiting.email);
  expect(await unreachable()).toBe("bounced");
  await addFurther(accountId, freshAddress());
  expect(await unreachable()).toBeNull();
});

test("a mark that was lifted says nothing", async () => {
  const { email, unreachable } = await customer();
  await mark(email);
  await db.markedAddress.update({
    where: { address: email.toLowerCase() },
    data: { liftedAt: new Date() },
  });
  expect(await unreachable()).toBeNull();
});

test("each marked address that was confirmed is named, the contact e-mail first, whether or not another is reached", async () => {
  const { email, accountId, marked } = await customer();
  expect(await marked()).toEqual([]);
  const [further, waiting] = [freshAddress(), freshAddress()];
  await addFurther(accountId, further);
  const at = new Date();
  await db.furtherAddress.create({
    data: { accountId, email: waiting, createdAt: at, expiresAt: at },
  });
  await mark(waiting);
  // Whose address it is was not proven: nothing is said of it.
  expect(await marked()).toEqual([]);
  await mark(further, "complaint");
  expect(await marked()).toEqual([{ email: further, because: "complaint" }]);
  await mark(email);
  expect(await marked()).toEqual([
    { email, because: "bounced" },
    { email: further, because: "complaint" },
  ]);
  await db.markedAddress.update({
    where: { address: email.toLowerCase() },
    data: { liftedAt: new Date() },
  });
  expect(await marked()).toEqual([{ email: further, because: "complaint" }]);
});
