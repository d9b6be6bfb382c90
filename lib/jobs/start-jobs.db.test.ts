import { afterEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { startJobs } from "@/lib/jobs/start-jobs";
import { log } from "@/lib/log/log";
import { forgetOldMails } from "@/lib/mail/keep-outbox";
import { enqueueMail } from "@/lib/mail/outbox";
import { MailRefused, type Transport } from "@/lib/mail/transports/transport";
import { testDatabase } from "@/lib/testing/database";
import { expectLogged } from "@/lib/testing/logged";
import { notice, recordingTransport, storeUnheard } from "@/lib/testing/mails";
import { freshAddress } from "@/lib/testing/people";

testDatabase();

let workers: { stop(): Promise<void> }[] = [];

async function start(transport: Transport) {
  const worker = await startJobs({ transport });
  workers.push(worker);
  return worker;
}

afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
});

const patience = { timeout: 20_000, interval: 20 };

const hasState = (id: string, state: string) =>
  vi.waitFor(async () => {
    expect((await db.mail.findUniqueOrThrow({ where: { id } })).state).toBe(state);
  }, patience);

test("a mail goes when its transaction commits, and never when it rolls back", async () => {
  const { transport, takenTo } = recordingTransport();
  await start(transport);
  const [kept, undone] = [freshAddress(), freshAddress()];
  const rolledBack = db.$transaction(async (tx) => {
    await enqueueMail(tx, notice({ recipient: undone }));
    throw new Error("undo");
  });
  await expect(rolledBack).rejects.toThrow("undo");
  await hasState(await enqueueMail(db, notice({ recipient: kept })), "sent");
  expect(takenTo(kept)).toHaveLength(1);
  expect(takenTo(undone)).toEqual([]);
});

test("two workers send each of many mails once", async () => {
  const { transport, taken } = recordingTransport();
  await Promise.all([start(transport), start(transport)]);
  const ids = await Promise.all(Array.from({ length: 30 }, () => enqueueMail(db, notice())));
  for (const id of ids) await hasState(id, "sent");
  const sent = taken.map(({ id }) => id).filter((id) => ids.includes(id));
  expect(sent.sort()).toEqual([...ids].sort());
});

test("a mail that hangs holds up no other, however many hang", async () => {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const { transport, triedTo } = recordingTransport((message) =>
    message.subject.includes("already") ? held : Promise.resolve(),
  );
  await start(transport);
  const hanging = await Promise.all(
    Array.from({ length: 20 }, () => enqueueMail(db, notice({ kind: "already-have-account" }))),
  );
  const last = await db.mail.findUniqueOrThrow({ where: { id: hanging[19] ?? "" } });
  await vi.waitFor(() => expect(triedTo(last.recipient)).toHaveLength(1), patience);
  await hasState(await enqueueMail(db, notice()), "sent");
  letGo();
  for (const id of hanging) await hasState(id, "sent");
});

test("a mail that is refused at first goes later, with the same id, and ends no worker", async () => {
  expectLogged(/the provider answered 500/, /a defect/);
  const { transport, triedTo } = recordingTransport(async ({ to }) => {
    if (triedTo(to).length === 1) throw new MailRefused("the provider answered 500");
    if (triedTo(to).length === 2) throw new TypeError("a defect");
  });
  await start(transport);
  const recipient = freshAddress();
  const id = await enqueueMail(db, notice({ recipient }));
  await hasState(id, "sent");
  expect(triedTo(recipient).map((message) => message.id)).toEqual([id, id, id]);
});

test("a mail that was written while no worker ran goes at the next start, once", async () => {
  const lost = await enqueueMail(db, notice());
  const { transport, taken } = recordingTransport();
  await start(transport);
  await hasState(lost, "sent");
  expect(taken.filter(({ id }) => id === lost)).toHaveLength(1);
});

test("a mail of which no notification came goes all the same", async () => {
  const { transport } = recordingTransport();
  await start(transport);
  await hasState(await enqueueMail(db, notice()), "sent");
  await hasState(await storeUnheard(notice()), "sent");
});

test("a mail of the version before, with a job of its own, goes at once and leaves no job", async () => {
  const { transport } = recordingTransport();
  await start(transport);
  const id = await storeUnheard(notice());
  await db.$queryRaw`
    SELECT graphile_worker.add_job('send_mail', json_build_object('mailId', ${id}::text),
      job_key := 'send_mail:' || ${id}::text)::text`;
  await hasState(id, "sent");
  await vi.waitFor(async () => {
    const jobs = await db.$queryRaw`
      SELECT 1 FROM graphile_worker.jobs WHERE key = ${`send_mail:${id}`}`;
    expect(jobs).toEqual([]);
  }, patience);
});

test("a worker whose connections are cut goes on by itself", async () => {
  // Said whenever the runner of the jobs notices, which sending does not wait for.
  const said = vi.spyOn(log, "warn").mockImplementation(() => {});
  const { transport } = recordingTransport();
  await start(transport);
  await hasState(await enqueueMail(db, notice()), "sent");
  await db.$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name IN ('portaria jobs', 'portaria mail claims')
      AND datname = current_database()`;
  await hasState(await enqueueMail(db, notice()), "sent");
  await vi.waitFor(() => {
    expect(said.mock.calls.map((call) => String(call[1]))).toContain(
      "The mail worker cannot reach the database and keeps trying.",
    );
  }, patience);
  said.mockRestore();
});

test("stopping waits for the mail that is being sent", async () => {
  let letGo: () => void = () => undefined;
  const { transport, tried } = recordingTransport(
    () =>
      new Promise((resolve) => {
        letGo = resolve;
      }),
  );
  const worker = await startJobs({ transport });
  const id = await enqueueMail(db, notice());
  await vi.waitFor(() => expect(tried.map((message) => message.id)).toContain(id), patience);
  let hasStopped = false;
  const stopped = worker.stop().then(() => {
    hasStopped = true;
  });
  // Long enough for a worker that would not wait.
  for (let round = 0; round < 200; round++) await db.$queryRaw`SELECT 1`;
  expect(hasStopped).toBe(false);
  letGo();
  await stopped;
  expect((await db.mail.findUniqueOrThrow({ where: { id } })).state).toBe("sent");
});

test("mails are forgotten after 30 days, but not while they wait", async () => {
  const day = 24 * 60 * 60 * 1000;
  const ids = await Promise.all([1, 2, 3].map(() => enqueueMail(db, notice())));
  const [old, waiting, young] = ids as [string, string, string];
  const made = (days: number) => new Date(Date.now() - days * day);
  await db.mail.update({ where: { id: old }, data: { state: "sent", createdAt: made(31) } });
  await db.mail.update({ where: { id: waiting }, data: { createdAt: made(31) } });
  await db.mail.update({ where: { id: young }, data: { state: "sent", createdAt: made(29) } });
  await forgetOldMails();
  const kept = await db.mail.findMany({ where: { id: { in: ids } }, select: { id: true } });
  expect(kept.map(({ id }) => id).sort()).toEqual([waiting, young].sort());
  await db.mail.deleteMany({ where: { id: waiting } });
});

test("how long mails are kept is a setting, and marks that stand and reports that may count stay", async () => {
  const day = 24 * 60 * 60 * 1000;
  const before = (days: number) => new Date(Date.now() - days * day);
  const ids = await Promise.all([1, 2].map(() => enqueueMail(db, notice())));
  for (const [index, days] of [8, 6].entries()) {
    const data = { state: "sent", createdAt: before(days) };
    await db.mail.update({ where: { id: ids[index] ?? "" }, data });
  }
  for (const days of [5, 7]) {
    await db.deliveryReport.create({ data: { id: `resend:${days}`, receivedAt: before(days) } });
  }
  const marks = [
    { address: "stands@example.com", liftedAt: null },
    { address: "lifted@example.com", liftedAt: before(6) },
    { address: "lifted-long-ago@example.com", liftedAt: before(8) },
  ];
  for (const mark of marks)
    await db.markedAddress.create({ data: { ...mark, because: "bounced", markedAt: before(90) } });
  process.env.MAIL_KEPT_DAYS = "7";
  resetEnvironment();
  await forgetOldMails();
  delete process.env.MAIL_KEPT_DAYS;
  resetEnvironment();
  const mails = await db.mail.findMany({ where: { id: { in: ids } } });
  expect(mails.map(({ id }) => id)).toEqual([ids[1]]);
  expect((await db.deliveryReport.findMany()).map(({ id }) => id)).toEqual(["resend:5"]);
  const standing = await db.markedAddress.findMany({ orderBy: { address: "asc" } });
  expect(standing.map(({ address }) => address)).toEqual([
    "lifted@example.com",
    "stands@example.com",
  ]);
  await db.markedAddress.deleteMany();
});
