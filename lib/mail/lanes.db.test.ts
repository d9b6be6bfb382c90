import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type FakeResend, startFakeResend } from "@/e2e/support/fake-resend";
import { db } from "@/lib/db/client";
import { startJobs } from "@/lib/jobs/start-jobs";
import { openClaims } from "@/lib/mail/claims";
import { kindsWith, mailKinds } from "@/lib/mail/kinds";
import { enqueueMail } from "@/lib/mail/outbox";
import { openChannel, pauseChannel } from "@/lib/mail/pace-store";
import { isForLongWait, urgencies } from "@/lib/mail/rules/urgency";
import { type Ask, type Taken, takeMails } from "@/lib/mail/take-store";
import { resendTransport } from "@/lib/mail/transports/resend";
import { MailRefused, type Transport } from "@/lib/mail/transports/transport";
import type { PacedChannel } from "@/lib/mail/ways";
import { testDatabase } from "@/lib/testing/database";
import { expectLogged } from "@/lib/testing/logged";
import { enqueueCodeMail, notice, recordingTransport } from "@/lib/testing/mails";

const databaseUrl = testDatabase();

let workers: { stop(): Promise<void> }[] = [];
let fake: FakeResend;

const channel = (perSecond = 20, atOnce = 100): PacedChannel => ({
  name: randomUUID(),
  perSecond,
  atOnce,
});

async function start(transport: Transport, paced: PacedChannel) {
  const worker = await startJobs({ transport, channel: paced });
  workers.push(worker);
  return worker;
}

beforeEach(async () => {
  await db.mail.deleteMany({});
  fake = await startFakeResend();
  process.env.RESEND_BASE_URL = fake.url;
});

afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
  delete process.env.RESEND_BASE_URL;
  await fake.close();
});

const patience = { timeout: 25_000, interval: 20 };
const allSent = () =>
  vi.waitFor(async () => expect(await db.mail.count({ where: { state: "queued" } })).toBe(0), {
    ...patience,
  });

test("every kind of mail has an urgency", () => {
  const urgent = urgencies.flatMap((urgency) => kindsWith({ urgency }));
  expect(urgent.sort()).toEqual([...mailKinds].sort());
});

const ask = (changes: Partial<Ask> = {}): Ask => ({
  ...{ pace: null, most: 1, spare: 0, isForLongWait: false, except: [], settled: [] },
  ...changes,
});

/** Asks with several sessions of the database at the same moment, as processes do. */
async function takeAtOnce(count: number, given: Ask) {
  const all = Array.from({ length: count }, () => openClaims(databaseUrl()));
  // Connected already, so that none comes late.
  await Promise.all(all.map((claims) => claims.claim(randomUUID())));
  const answers = await Promise.all(all.map((claims) => claims.take(given)));
  await Promise.all(all.map((claims) => claims.close()));
  return answers;
}

test("of many that ask for a slot at the same moment one gets it, ten times", async () => {
  await Promise.all(Array.from({ length: 12 }, () => enqueueMail(db, notice())));
  for (let round = 0; round < 10; round++) {
    const { name } = channel();
    await openChannel(name);
    const pace = { channel: name, intervalMs: 20_000, keepsSlotFree: false };
    const answers = await takeAtOnce(8, ask({ pace }));
    expect(answers.filter(({ slots }) => slots > 0)).toHaveLength(1);
    expect(answers.flatMap(({ mails }) => mails)).toHaveLength(1);
  }
});

test("of many that ask for mails at the same moment each gets others, ten times", async () => {
  for (let round = 0; round < 10; round++) {
    await db.mail.deleteMany();
    await Promise.all(Array.from({ length: 12 }, () => enqueueMail(db, notice())));
    const answers = await takeAtOnce(4, ask({ most: 3 }));
    const ids = answers.flatMap(({ mails }) => mails.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  }
});

test("a mail that another process settled in that moment is not taken", async () => {
  const mailId = await enqueueMail(db, notice());
  const claims = openClaims(databaseUrl());
  let taking: Promise<Taken> | undefined;
  await db.$transaction(async (tx) => {
    // The slot is waited for by a statement that has looked at the mails already.
    const { name } = channel();
    await openChannel(name);
    await tx.$executeRaw`UPDATE mail_pace SET slots = 0 WHERE channel = ${name}`;
    taking = claims.take(ask({ pace: { channel: name, intervalMs: 1, keepsSlotFree: false } }));
    await vi.waitFor(async () => {
      const waits = await db.$queryRaw<unknown[]>`
        SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'
          AND application_name = 'portaria mail claims' AND datname = current_database()`;
      expect(waits).toHaveLength(1);
    }, patience);
    await db.mail.update({ where: { id: mailId }, data: { state: "sent" } });
  });
  expect(await taking).toMatchObject({ mails: [], unfit: [mailId], slots: 1 });
  await claims.close();
});

test("a pause keeps every slot, one that was given back too, and a shorter one does not end a longer one", async () => {
  await enqueueMail(db, notice());
  const { name } = channel();
  await pauseChannel(name, 600);
  await pauseChannel(name, 5);
  for (const spare of [0, 1]) {
    const taken = await takeMails(
      db,
      ask({ pace: { channel: name, intervalMs: 1, keepsSlotFree: false }, spare }),
    );
    expect(taken).toMatchObject({ slots: 0, mails: [], isMoreDue: true });
    expect(taken.slotInMs).toBeGreaterThan(500_000);
  }
});

test("a pace faster than one asks gives the slots that have passed, those of a moment at most", async () => {
  await Promise.all(Array.from({ length: 12 }, () => enqueueMail(db, notice())));
  const { name } = channel();
  await openChannel(name);
  const pace = { channel: name, intervalMs: 10, keepsSlotFree: false };
  expect((await takeMails(db, ask({ pace, most: 20 }))).mails).toHaveLength(6);
  const { nextSlotAt } = await db.mailPace.findUniqueOrThrow({ where: { channel: name } });
  const [{ late }] = await db.$queryRaw<[{ late: boolean }]>`
    SELECT ${nextSlotAt}::timestamptz > clock_timestamp() + interval '10 ms' AS late`;
  expect(late).toBe(false);
});

test("where nothing is due no slot is taken", async () => {
  const { name } = channel();
  await openChannel(name);
  const soon = new Date(Date.now() + 60_000);
  await enqueueMail(db, notice({ notBefore: soon }));
  const taken = await takeMails(
    db,
    ask({ pace: { channel: name, intervalMs: 1, keepsSlotFree: false } }),
  );
  expect(taken).toMatchObject({ slots: 0, mails: [], isMoreDue: false });
  expect(taken.dueInMs).toBeGreaterThan(50_000);
  expect((await db.mailPace.findUniqueOrThrow({ where: { channel: name } })).slots).toBe(0n);
});

test("codes go before links before notices, and within a class what is due longest", async () => {
  const at = (ms: number) => new Date(Date.now() - ms);
  const add = async (kind: string, dueMs: number) => {
    const id = await enqueueMail(db, notice());
    await db.mail.update({ where: { id }, data: { kind, nextTryAt: at(dueMs) } });
    return id;
  };
  const expected = [
    await add("sign-in-code", 3_000),
    await add("sign-up-code", 2_000),
    await add("password-reset", 9_000),
    await add("confirm-address", 1_000),
    await add("place-added", 50_000),
    await add("new-browser", 40_000),
  ];
  await add("sign-in-code", -20_000);
  const order: string[] = [];
  for (;;) {
    const { mails } = await takeMails(db, ask({ except: order }));
    if (mails.length === 0) break;
    order.push(...mails.map(({ id }) => id));
  }
  expect(order).toEqual(expected);
  const { mails } = await takeMails(db, ask({ most: 10 }));
  expect(mails.map(({ id }) => id)).toEqual(expected);
});

test("one slot in twenty is for a mail that has waited five minutes, whatever it is", async () => {
  expect(
    Array.from({ length: 60 }, (_, slots) => isForLongWait(slots)).filter(Boolean),
  ).toHaveLength(3);
  // Several at once pass by none.
  const jumps = [0, 7, 18, 20, 39, 41, 60];
  expect(jumps.filter((slots, index) => isForLongWait(slots, jumps[index - 1]))).toEqual([
    20, 39, 60,
  ]);
  const old = await enqueueMail(db, notice());
  const { mailId: code } = await enqueueCodeMail();
  const first = async (isLong: boolean) =>
    (await takeMails(db, ask({ isForLongWait: isLong }))).mails[0]?.id;
  expect(await first(true)).toBe(code);
  await db.mail.update({ where: { id: old }, data: { nextTryAt: new Date(Date.now() - 301_000) } });
  expect([await first(true), await first(false)]).toEqual([old, code]);
});

test("codes pass a flood of notices that waits already, and a mail that hangs holds up none", async () => {
  const order: string[] = [];
  const hanging = new Set<string>();
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const { transport } = recordingTransport(async ({ id, subject }) => {
    order.push(subject.match(/\d{6}/) ? "code" : "notice");
    if (hanging.has(id)) await held;
  });
  hanging.add((await enqueueCodeMail()).mailId);
  await Promise.all(Array.from({ length: 60 }, () => enqueueMail(db, notice())));
  const paced = channel();
  await start(transport, paced);
  await vi.waitFor(() => expect(order).toContain("notice"), patience);
  const before = order.length;
  for (let n = 0; n < 10; n++) await enqueueCodeMail();
  await vi.waitFor(() => expect(order.length).toBeGreaterThan(70), patience);
  letGo();
  await allSent();
  const afterwards = order.slice(before);
  // At most what went while the codes were being written, never the flood.
  expect(afterwards.lastIndexOf("code")).toBeLessThan(35);
  expect(order).toHaveLength(71);
});

test("two processes keep one limit between them, and each mail goes once", async () => {
  const paced = channel(10);
  const ids = await Promise.all(
    Array.from({ length: 40 }, async () => (await enqueueCodeMail()).mailId),
  );
  const [{ begun }] = await db.$queryRaw<[{ begun: Date }]>`SELECT clock_timestamp() AS begun`;
  await Promise.all([start(resendTransport("re_x"), paced), start(resendTransport("re_x"), paced)]);
  await allSent();
  expect(
    fake
      .mails()
      .map(({ idempotencyKey }) => idempotencyKey)
      .sort(),
  ).toEqual([...ids].sort());
  // Each mail took a slot of the row that both share, and no slot is free before the one before has passed.
  const pace = await db.mailPace.findUniqueOrThrow({ where: { channel: paced.name } });
  expect(Number(pace.slots)).toBe(40);
  expect(pace.nextSlotAt.getTime() - begun.getTime()).toBeGreaterThan((40 * 1000) / 10);
});

test("a 429 pauses all, none is lost, and what is of no use by then is dropped", async () => {
  expectLogged(/The mail provider had too much/);
  const paced = channel();
  let isFirst = true;
  const { transport, tried } = recordingTransport(async () => {
    if (!isFirst) return;
    isFirst = false;
    throw new MailRefused("429", { meaning: "throttled", retryAfterSeconds: 3 });
  });
  const first = await enqueueMail(db, notice());
  await start(transport, paced);
  await vi.waitFor(() => expect(tried).toHaveLength(1), patience);
  await vi.waitFor(async () => {
    const pace = await db.mailPace.findUnique({ where: { channel: paced.name } });
    expect(pace?.pausedUntil).toBeInstanceOf(Date);
  }, patience);
  const useless = await enqueueMail(db, notice({ usefulUntil: new Date(Date.now() + 500) }));
  const { mailId: code } = await enqueueCodeMail();
  const late = await enqueueMail(db, notice());
  await allSent();
  const states = await db.mail.findMany({ select: { id: true, state: true, attempts: true } });
  const stateOf = (id: string) => states.find((mail) => mail.id === id);
  expect(stateOf(useless)?.state).toBe("dropped");
  for (const id of [first, code, late])
    expect(stateOf(id)).toMatchObject({ state: "sent", attempts: 1 });
  expect(tried.slice(1).map(({ id }) => id)[0]).toBe(code);
});

test("no more mails are handed over at a time than the channel takes", async () => {
  let open = 0;
  let most = 0;
  const { transport } = recordingTransport(async () => {
    open += 1;
    most = Math.max(most, open);
    await db.$queryRaw`SELECT pg_sleep(0.3)::text`;
    open -= 1;
  });
  await Promise.all(Array.from({ length: 20 }, () => enqueueMail(db, notice())));
  await start(transport, channel(100, 3));
  await allSent();
  expect(most).toBe(3);
});
