import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { enqueueMail } from "@/lib/mail/outbox";
import { openChannel, takeSlot } from "@/lib/mail/pace-store";
import { type Taken, takeMails } from "@/lib/mail/take-store";
import { testDatabase } from "@/lib/testing/database";
import { enqueueCodeMail, notice } from "@/lib/testing/mails";

testDatabase();

let channel: string;
beforeEach(async () => {
  await db.mail.deleteMany();
  channel = randomUUID();
  await openChannel(channel);
});

// Long enough that what a statement takes counts for nothing beside it.
const SLOT_MS = 8_000;

function take(given: { keepsSlotFree?: boolean; mayBatch?: boolean } = {}): Promise<Taken> {
  const { keepsSlotFree = true, mayBatch = false } = given;
  return takeMails(db, {
    ...{ pace: { channel, intervalMs: SLOT_MS, keepsSlotFree }, mayBatch },
    ...{ most: 20, spare: 0, isForLongWait: false, except: [], settled: [] },
  });
}

/** Puts the channel's slots forward, as if so much time had passed. */
const pass = (ms: number) => db.$executeRaw`
  UPDATE mail_pace SET next_slot_at = next_slot_at - make_interval(secs => ${ms / 1000}::float8),
    notice_slot_at = notice_slot_at - make_interval(secs => ${ms / 1000}::float8)
  WHERE channel = ${channel}`;

const settle = (taken: Taken) =>
  db.mail.updateMany({
    where: { id: { in: taken.mails.map(({ id }) => id) } },
    data: { state: "sent" },
  });

async function taken(given?: Parameters<typeof take>[0]): Promise<number> {
  const all = await take(given);
  await settle(all);
  return all.mails.length;
}

const notices = (count: number) =>
  Promise.all(Array.from({ length: count }, () => enqueueMail(db, notice())));

test("a code goes at once however many notices wait, and two slots later the next mail", async () => {
  await notices(5);
  expect(await taken()).toBe(1);
  const between = await take();
  expect(between).toMatchObject({ slots: 0, isMoreDue: true, isUrgentDue: false });
  expect(between.noticeSlotInMs).toBeGreaterThan(1.5 * SLOT_MS);
  expect(between.slotInMs).toBe(0);
  await Promise.all([enqueueCodeMail(), enqueueCodeMail()]);
  expect(await taken()).toBe(1);
  const after = await take();
  expect(after).toMatchObject({ slots: 0, isUrgentDue: true });
  expect(after.slotInMs).toBeGreaterThan(1.5 * SLOT_MS);
  await pass(2 * SLOT_MS);
  expect(await taken()).toBe(1);
  // A notice after a code lets a slot pass for the next code.
  await pass(SLOT_MS);
  expect(await taken()).toBe(0);
  await pass(SLOT_MS);
  expect(await taken()).toBe(1);
});

test("a batch leaves a slot free as a notice does", async () => {
  await notices(45);
  expect(await taken({ mayBatch: true })).toBe(45);
  await notices(45);
  expect(await taken({ mayBatch: true })).toBe(0);
  await enqueueCodeMail();
  expect(await taken({ mayBatch: true })).toBe(1);
});

test("of a pace of one a second no slot is left free", async () => {
  await notices(3);
  expect(await taken({ keepsSlotFree: false })).toBe(1);
  expect((await take({ keepsSlotFree: false })).noticeSlotInMs).toBeLessThanOrEqual(SLOT_MS);
  await enqueueCodeMail();
  expect(await taken({ keepsSlotFree: false })).toBe(0);
  await pass(SLOT_MS);
  expect(await taken({ keepsSlotFree: false })).toBe(1);
  await pass(SLOT_MS);
  expect(await taken({ keepsSlotFree: false })).toBe(1);
});

test("whatever comes in whatever order, no second has more mails than its limit", async () => {
  const went: number[] = [];
  let at = 0;
  for (let step = 0; step < 250; step += 1) {
    const what = Math.random();
    if (what < 0.4) await enqueueCodeMail();
    else if (what < 0.7) await notices(1);
    else if (what < 0.75) {
      const mailId = await enqueueMail(db, notice());
      const fingerprint = Buffer.alloc(0);
      const asked = { mailId, unsure: [], fingerprint, intervalMs: SLOT_MS / 1.1, patienceMs: 0 };
      if ((await takeSlot(channel, asked)).kind === "slot") went.push(at);
    }
    for (let n = await taken(); n > 0; n -= 1) went.push(at);
    const ms = [0, 0.3, 0.5, 1, 1, 1, 2, 3.1][Math.floor(Math.random() * 8)] ?? 0;
    await pass(ms * SLOT_MS);
    at += ms * SLOT_MS;
  }
  expect(went.length).toBeGreaterThan(50);
  for (const perSecond of [2, 3, 4, 5, 10, 20]) {
    const second = (perSecond * SLOT_MS) / 1.1;
    const most = Math.max(
      ...went.map((from) => went.filter((one) => one >= from && one < from + second - 100).length),
    );
    expect(most, `${perSecond} a second`).toBeLessThanOrEqual(perSecond);
  }
});
