import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { db, disconnectDatabase } from "@/lib/db/client";
import { onStatement } from "@/lib/db/connections/statement-listeners";
import { resetEnvironment } from "@/lib/env/env";
import { describeOwnProcess } from "@/lib/heartbeat/own-process";
import { startHeartbeat } from "@/lib/heartbeat/start-heartbeat";
import { findProcesses, giveSignOfLife, markStopped, type OwnProcess } from "@/lib/heartbeat/store";
import { findTroubles } from "@/lib/heartbeat/troubles";
import { claimReading, markRead, noteUnread } from "@/lib/mail/fate/return-store";
import { enqueueMail } from "@/lib/mail/outbox";
import { markDropped, markSent } from "@/lib/mail/store";
import { answerHealth } from "@/lib/server/answer-health";
import { testDatabase } from "@/lib/testing/database";
import { enqueueCodeMail, notice } from "@/lib/testing/mails";
import { waitForLocks, whileLocked } from "@/lib/testing/table-lock";
import { countWaiting } from "@/lib/testing/waiting";

const url = testDatabase();

const inline = { servesPages: true, runsJobs: true };
const workerOnly = { servesPages: false, runsJobs: true };
const webOnly = { servesPages: true, runsJobs: false };

// Each answer is kept for a second: the clock that it is kept by goes on in leaps here.
let leaps = 0;
beforeEach(async () => {
  vi.spyOn(performance, "now").mockImplementation(() => ++leaps * 10_000);
  await db.mail.deleteMany();
  await db.runningProcess.deleteMany();
});
afterEach(() => vi.restoreAllMocks());

/** What is answered at a path, without a network: the clock leaps too far for its time limits. */
async function ask(url: string) {
  const said = { status: 0, type: "", body: "" };
  const res = {
    writeHead(status: number, headers: Record<string, string>) {
      Object.assign(said, { status, type: headers["Content-Type"] });
    },
    end(body: string) {
      said.body = body;
    },
  };
  expect(await answerHealth({ url } as IncomingMessage, res as unknown as ServerResponse)).toBe(
    true,
  );
  return { ...said, body: JSON.parse(said.body) };
}

async function deep() {
  const answer = await ask("/api/health?deep");
  return { http: answer.status, ...answer.body };
}

async function run(role: Pick<OwnProcess, "servesPages" | "runsJobs">) {
  const own = describeOwnProcess(role);
  await giveSignOfLife(own, null);
  return own;
}

const silence = (id: string, seconds: number) => db.$executeRaw`
  UPDATE running_process SET beat_at = now() - make_interval(secs => ${seconds}::float8)
  WHERE id = ${id}::uuid`;

const age = (id: string, seconds: number, attempts = 0) =>
  db.mail.update({
    where: { id },
    data: { createdAt: new Date(Date.now() - seconds * 1000), attempts },
  });

test("plain health says the same as ever, whatever stands still", async () => {
  const { mailId } = await enqueueCodeMail();
  await age(mailId, 3000);
  const plain = await ask("/api/health");
  expect(plain).toEqual({ status: 200, type: "application/json", body: { status: "ok" } });
});

test("deep health counts code mails alone, how old the oldest is, and the workers", async () => {
  await run(inline);
  const nothing = {
    ...{ http: 200, status: "ok", database: "ok", oldestUnsentCodeMailSeconds: null },
    ...{
      codeMailsWaiting: 0,
      workersAlive: 1,
      workerLastSeenSeconds: expect.any(Number),
      differingSettings: [],
      returnedMailUnreadSeconds: null,
    },
  };
  expect(await deep()).toEqual(nothing);
  await enqueueMail(db, notice());
  expect(await deep()).toEqual(nothing);
  const [first, second] = [await enqueueCodeMail(), await enqueueCodeMail()];
  await age(first.mailId, 90);
  const waits = { http: 200, codeMailsWaiting: 2, oldestUnsentCodeMailSeconds: 90 };
  expect(await deep()).toMatchObject(waits);
  await age(first.mailId, 130);
  expect(await deep()).toMatchObject({
    ...{ http: 503, status: "code mail stands still: not tried" },
    oldestUnsentCodeMailSeconds: 130,
  });
  await age(first.mailId, 130, 5);
  expect(await deep()).toMatchObject({
    ...{ http: 503, status: "code mail stands still: not taken by the mail service" },
  });
  await markSent({ id: second.mailId, channel: "smtp", providerId: null, sentAt: new Date() });
  expect(await deep()).toMatchObject({ http: 200, codeMailsWaiting: 1 });
  await markDropped({ id: first.mailId, attempts: 0, unsureChannels: [] });
  expect(await deep()).toEqual(nothing);
});

test("no worker: 503 from the first moment, also for one that was killed, and 200 when one is back", async () => {
  await run(webOnly);
  expect(await deep()).toMatchObject({
    ...{ http: 503, status: "no worker runs", workersAlive: 0, workerLastSeenSeconds: null },
  });
  const killed = await run(workerOnly);
  expect(await deep()).toMatchObject({ http: 200, workersAlive: 1 });
  await silence(killed.id, 300);
  expect(await deep()).toMatchObject({ http: 503, workersAlive: 0, workerLastSeenSeconds: 300 });
  await run(workerOnly);
  expect(await deep()).toMatchObject({ http: 200, workersAlive: 1, workerLastSeenSeconds: 0 });
});

test("the answer names no address, and strangers who ask at once cost one look", async () => {
  const { email } = await enqueueCodeMail();
  vi.mocked(performance.now).mockReturnValue(++leaps * 10_000);
  let looks = 0;
  const end = onStatement((text) => {
    if (text.includes("FROM running_process")) looks++;
  });
  const answers = await Promise.all(Array.from({ length: 50 }, deep));
  expect(JSON.stringify(answers)).not.toContain(email);
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(looks).toBe(1);
  vi.mocked(performance.now).mockReturnValue(++leaps * 10_000);
  await deep();
  expect(looks).toBe(2);
  end();
});

test("a look that takes long is not asked for once more, however often strangers come", async () => {
  await disconnectDatabase();
  await waitForLocks(url(), 0);
  await whileLocked(url(), ["running_process"], async () => {
    for (let round = 1; round <= 2; round += 1) {
      expect(await deep()).toMatchObject({ http: 503, status: "database slow" });
      expect(await countWaiting()).toBe(1);
    }
  });
  await waitForLocks(url(), 5_000);
  await disconnectDatabase();
});

test("deep health shows nobody whether an address has an account, not in an outage either", async () => {
  await run(inline);
  const numbers = [];
  for (const kind of ["sign-up-code", "already-have-account"] as const) {
    await db.mail.deleteMany();
    const { mailId, challenge } = await enqueueCodeMail(kind);
    const useful = kind === "sign-up-code" ? challenge.expiresAt : new Date(Date.now() + 3 * 864e5);
    await db.mail.update({ where: { id: mailId }, data: { usefulUntil: useful } });
    const fresh = await deep();
    await age(mailId, 300, 6);
    const tried = await deep();
    await age(mailId, 660, 12);
    await db.mail.updateMany({
      where: { id: mailId, kind: "sign-up-code" },
      data: { state: "dropped" },
    });
    // Since when a worker was seen is a matter of how fast this runs.
    const looks = [fresh, tried, await deep()];
    numbers.push(looks.map((look) => ({ ...look, workerLastSeenSeconds: null })));
  }
  expect(numbers[1]).toEqual(numbers[0]);
  expect(numbers[0]?.map(({ codeMailsWaiting }) => codeMailsWaiting)).toEqual([1, 1, 0]);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  "processes that start and stop at the same moment are each counted once, round %i",
  async (round) => {
    const early = await Promise.all(Array.from({ length: 4 }, () => startHeartbeat(workerOnly)));
    const stops = () => early.map((heart) => heart.stop());
    const starts = () => Array.from({ length: 3 }, () => startHeartbeat(workerOnly));
    const both = round % 2 === 0 ? [...starts(), ...stops()] : [...stops(), ...starts()];
    const late = (await Promise.all(both)).filter((heart) => heart !== undefined);
    expect(await deep()).toMatchObject({ http: 200, workersAlive: 3 });
    await Promise.all(late.map((heart) => heart.stop()));
    expect(await deep()).toMatchObject({ http: 503, workersAlive: 0, workerLastSeenSeconds: 0 });
  },
);

test("a beat under way when its process ends does not bring it back", async () => {
  const own = await run(workerOnly);
  for (let round = 0; round < 10; round++) {
    const work = [markStopped(own.id), giveSignOfLife(own, null)];
    await Promise.all(round % 2 === 0 ? work : work.reverse());
    expect(await deep()).toMatchObject({ workersAlive: 0 });
  }
});

test("a worker that was killed on this machine is no hanging one once another starts", async () => {
  const killed = { ...describeOwnProcess(workerOnly), pid: 2 ** 22 + 1, began: "of before" };
  const elsewhere = { ...killed, id: randomUUID(), pidSpace: "another machine" };
  await giveSignOfLife(killed, null);
  await giveSignOfLife(elsewhere, null);
  const heart = await startHeartbeat(workerOnly);
  const gone = (await findProcesses()).filter(({ hasStopped }) => hasStopped);
  expect(gone.map(({ id }) => id)).toEqual([killed.id]);
  await heart.stop();
});

test("a web process says what is wrong: no worker, standing mail, a worker with other settings", async () => {
  const own = await run(webOnly);
  const { mailId } = await enqueueCodeMail();
  await age(mailId, 200);
  const sentences = async () => (await findTroubles(own)).map(({ sentence }) => sentence);
  expect(await sentences()).toEqual([
    "No worker runs, so no mail leaves: start npm run worker, or set WORKER=inline.",
    "Code mail stands still: the oldest has waited 200 seconds, and no worker runs.",
  ]);
  const worker = describeOwnProcess(workerOnly);
  const settings = { ...worker.settings, EMAIL_TRANSPORT: "smtp", AUTH_SECRET: ["another"] };
  await giveSignOfLife({ ...worker, settings, host: "mailer" }, null);
  await markSent({ id: mailId, channel: "smtp", providerId: null, sentAt: new Date() });
  expect(await sentences()).toEqual([
    `The worker on mailer (process ${process.pid}) has other settings than this process: EMAIL_TRANSPORT (smtp there, mailbox here), AUTH_SECRET. Mail goes out by the worker's: give both the same.`,
  ]);
  expect(await deep()).toMatchObject({
    ...{ http: 503, status: "a worker has other settings" },
    differingSettings: ["EMAIL_TRANSPORT", "AUTH_SECRET"],
  });
});

test("a mailbox of returned mail that cannot be read is reported, with since when and why", async () => {
  const own = await run(inline);
  const troubles = () => findTroubles(own);
  process.env.SMTP_BOUNCES = "imaps://bounces%40host.example:tops3cret@imap.host.example";
  resetEnvironment();
  try {
    await claimReading("bounces@host.example");
    await markRead("bounces@host.example");
    await noteUnread("bounces@host.example", "the user or the password is refused");
    expect(await troubles()).toEqual([]);
    await db.$executeRaw`UPDATE return_reading SET failing_since = now() - interval '400 seconds'`;
    const readAt = (await db.returnReading.findFirstOrThrow()).readAt?.toISOString();
    expect(await troubles()).toMatchObject([
      {
        sentence: `Returned mail is not read since ${readAt}, as of its mailbox: the user or the password is refused. See to SMTP_BOUNCES.`,
        isHourly: true,
      },
    ]);
    expect(await deep()).toMatchObject({ http: 503, status: "returned mail is not read" });
    await markRead("bounces@host.example");
    expect(await troubles()).toEqual([]);
  } finally {
    delete process.env.SMTP_BOUNCES;
    resetEnvironment();
  }
});

test("no row holds a secret", async () => {
  await run(inline);
  const rows = JSON.stringify(await db.runningProcess.findMany());
  for (const secret of (process.env.AUTH_SECRET ?? "").split(",")) {
    expect(rows).not.toContain(secret);
  }
});
