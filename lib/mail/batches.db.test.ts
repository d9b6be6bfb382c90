import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type FakeResend, startFakeResend } from "@/e2e/support/fake-resend";
import { db } from "@/lib/db/client";
import { openClaims } from "@/lib/mail/claims";
import type { Lanes } from "@/lib/mail/lanes";
import { openSending } from "@/lib/mail/open-sending";
import { enqueueMail } from "@/lib/mail/outbox";
import { openChannel } from "@/lib/mail/pace-store";
import { type Ask, takeMails } from "@/lib/mail/take-store";
import { resendBatchTransport, resendTransport } from "@/lib/mail/transports/resend";
import { testDatabase } from "@/lib/testing/database";
import { expectLogged } from "@/lib/testing/logged";
import { enqueueCodeMail, notice } from "@/lib/testing/mails";

vi.setConfig({ testTimeout: 60_000 });

const databaseUrl = testDatabase();
let fake: FakeResend;
let sending: Lanes | undefined;

beforeEach(async () => {
  await db.mail.deleteMany({});
  await db.mailPace.deleteMany({});
  await openChannel("resend");
  fake = await startFakeResend();
  process.env.RESEND_BASE_URL = fake.url;
});

afterEach(async () => {
  await sending?.stop();
  sending = undefined;
  delete process.env.RESEND_BASE_URL;
  await fake.close();
});

const patience = { timeout: 50_000, interval: 20 };

/** Sends all that waits by Resend, at so many requests a second. */
async function sendAll(perSecond: number) {
  sending = openSending(databaseUrl(), {
    ways: [
      {
        ...{ name: "resend", knowsRepeats: true, transport: resendTransport("re_x") },
        ...{
          batch: resendBatchTransport("re_x"),
          channel: { name: "resend", perSecond, atOnce: 100 },
        },
      },
    ],
  });
  await vi.waitFor(
    async () => expect(await db.mail.count({ where: { state: "queued" } })).toBe(0),
    patience,
  );
}

/** Stores notices of which nobody hears before they are looked for; their ids. */
async function storeNotices(count: number): Promise<string[]> {
  const past = new Date(Date.now() - 1000);
  const rows = Array.from({ length: count }, () => ({
    ...{ ...notice(), id: randomUUID(), nextTryAt: past, createdAt: past },
  }));
  await db.mail.createMany({ data: rows });
  return rows.map(({ id }) => id);
}

const ask = (changes: Partial<Ask> = {}): Ask => ({
  ...{
    pace: { channel: "resend", intervalMs: 1000, keepsSlotFree: false },
    most: 20,
    spare: 0,
    isForLongWait: false,
  },
  ...{ except: [], settled: [], mayBatch: true, ...changes },
});

test("many notices leave in few requests, each mail once, and a slot a request", async () => {
  await storeNotices(130);
  await sendAll(20);
  expect(fake.mails()).toHaveLength(130);
  // The smaller one may be made first.
  expect(
    fake
      .batches()
      .map(({ mails }) => mails)
      .sort((a, b) => b - a),
  ).toEqual([100, 30]);
  expect(fake.requests()).toEqual([]);
  const { slots } = await db.mailPace.findUniqueOrThrow({ where: { channel: "resend" } });
  expect(slots).toBe(2n);
  const sent = await db.mail.findMany({ select: { providerId: true, unsureChannels: true } });
  expect(new Set(sent.map(({ providerId }) => providerId)).size).toBe(130);
  expect(sent.every(({ unsureChannels }) => unsureChannels.length === 0)).toBe(true);
  // Each row has the id of its own mail there.
  const ids = new Map(fake.mails().map(({ id, to }) => [to[0], id]));
  const rows = await db.mail.findMany({ select: { recipient: true, providerId: true } });
  expect(rows.every((row) => ids.get(row.recipient) === row.providerId)).toBe(true);
});

test("fewer than twenty notices go one by one", async () => {
  await storeNotices(19);
  await sendAll(100);
  expect([fake.batches().length, fake.requests().length]).toEqual([0, 19]);
});

test("codes and links go in no batch, and before it", async () => {
  await storeNotices(40);
  const { mailId } = await enqueueCodeMail();
  const claims = openClaims(databaseUrl());
  const { isBatch, mails } = await claims.take(ask({ most: 1 }));
  await claims.close();
  expect([isBatch, mails.map(({ id }) => id)]).toEqual([false, [mailId]]);
  await sendAll(20);
  expect(fake.requests()).toEqual([mailId]);
  expect(fake.batches().map(({ mails }) => mails)).toEqual([40]);
});

test("one slot is taken for a batch, whatever the pace, and of it is noted that it may have it", async () => {
  await storeNotices(120);
  const taken = await takeMails(
    db,
    ask({ pace: { channel: "resend", intervalMs: 1, keepsSlotFree: false } }),
  );
  expect(taken).toMatchObject({ isBatch: true, slots: 1, isMoreDue: true });
  expect(taken.mails).toHaveLength(100);
  const noted = await db.mail.count({ where: { unsureChannels: { equals: ["resend-batch"] } } });
  expect(noted).toBe(100);
});

test("what was tried, or may have been taken, goes in no batch", async () => {
  const [tried, inHand] = await storeNotices(25);
  await db.mail.update({ where: { id: tried ?? "" }, data: { attempts: 1 } });
  const unsureChannels = ["resend"];
  await db.mail.update({ where: { id: inHand ?? "" }, data: { unsureChannels } });
  await sendAll(100);
  expect(fake.batches().map(({ mails }) => mails)).toEqual([23]);
  expect(fake.requests().toSorted()).toEqual([tried, inHand].toSorted());
});

test("where batches are not served the notices of it go one by one, without a note, and none is lost", async () => {
  expectLogged(/Notices go one by one/, /A mail was not taken and is tried again/);
  fake.serveBatches(false);
  await storeNotices(30);
  await sendAll(100);
  expect(fake.batches()).toHaveLength(1);
  expect(fake.mails()).toHaveLength(30);
  expect(fake.mails().some(({ text }) => text.includes("twice"))).toBe(false);
});

test("one that is refused in a batch keeps no other back, and is asked for alone", async () => {
  expectLogged(/A mail was not taken and is tried again/, /A mail was refused for good/);
  await storeNotices(30);
  const [bad] = await db.mail.findMany({ take: 1 });
  const body = { statusCode: 422, name: "validation_error", message: "Invalid `to` field." };
  fake.answerWith((to) => (to[0] === bad?.recipient ? { status: 422, body } : null));
  await sendAll(100);
  expect([fake.mails().length, fake.batches().length]).toEqual([29, 1]);
  expect(fake.requests()).toEqual([bad?.id]);
  expect(await db.mail.count({ where: { state: "refused" } })).toBe(1);
});

test("a batch whose answer was lost is asked for again with its key, and no mail comes twice", async () => {
  fake.fail({ mode: "lost", times: 1 });
  await storeNotices(30);
  await sendAll(100);
  const [first, second] = fake.batches();
  expect(second).toEqual(first);
  expect(first?.key).toMatch(/^batch-[0-9a-f]{40}$/);
  expect(fake.mails()).toHaveLength(30);
});

test("notices whose batch is unknown to have been taken say that they may come twice", async () => {
  expectLogged(/Notices go one by one/, /A mail was not taken and is tried again/);
  fake.fail({ mode: "lost", times: 2 });
  const ids = await storeNotices(20);
  await sendAll(100);
  const alone = fake.mails().filter(({ idempotencyKey }) => ids.includes(idempotencyKey ?? ""));
  expect(alone).toHaveLength(20);
  expect(alone.every(({ text }) => text.includes("You may get this email twice"))).toBe(true);
});

test("a 429 to a batch pauses the way, and the batch is asked for later", async () => {
  expectLogged(/The mail provider had too much/);
  fake.fail({ mode: "429", times: 1, retryAfter: 1 });
  await storeNotices(40);
  await sendAll(100);
  // Each waits from when it was put off, so that the next batch may lack a few.
  expect(fake.batches()[0]?.mails).toBe(40);
  expect(fake.mails()).toHaveLength(40);
  expect(fake.mails().some(({ text }) => text.includes("twice"))).toBe(false);
  const { pausedUntil } = await db.mailPace.findUniqueOrThrow({ where: { channel: "resend" } });
  expect(pausedUntil).not.toBeNull();
});

test("a code that comes while a batch is under way goes at its next slot", async () => {
  fake.fail({ mode: "hang", times: 1 });
  await storeNotices(100);
  const all = sendAll(100).catch(() => undefined);
  await vi.waitFor(() => expect(fake.batches()).toHaveLength(1), patience);
  const { mailId } = await enqueueCodeMail();
  await vi.waitFor(() => expect(fake.requests()).toEqual([mailId]), patience);
  expect(fake.batches()).toHaveLength(1);
  await enqueueMail(db, notice());
  await all;
});
