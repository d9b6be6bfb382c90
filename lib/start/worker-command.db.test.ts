import { type ChildProcess, execFile, spawn } from "node:child_process";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { describeOwnProcess } from "@/lib/heartbeat/own-process";
import { giveSignOfLife } from "@/lib/heartbeat/store";
import { root } from "@/lib/machine/project.mjs";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { testDatabase } from "@/lib/testing/database";
import { freePort } from "@/lib/testing/free-port";
import { enqueueCodeMail } from "@/lib/testing/mails";

vi.setConfig({ testTimeout: 90_000 });

const databaseUrl = testDatabase();
const patience = { timeout: 60_000, interval: 100 };
const script = join(root, "scripts", "worker.mjs");

let takesMail = true;
let arrived = 0;
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  closeTimeout: 1,
  onMailFrom: (_address, _session, done) =>
    takesMail ? done() : done(Object.assign(new Error("Try later"), { responseCode: 451 })),
  onData(stream, _session, done) {
    stream.resume();
    stream.on("end", () => {
      arrived++;
      done();
    });
  },
});
smtp.on("error", () => undefined);

beforeAll(() => new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", () => resolve())));
afterAll(() => new Promise<void>((resolve) => smtp.close(() => resolve())));

const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
});
beforeEach(async () => {
  takesMail = true;
  await db.mail.deleteMany();
});

const settings = () => ({
  ...withoutSettings(process.env),
  DATABASE_URL: databaseUrl(),
  AUTH_SECRET: process.env.AUTH_SECRET ?? "",
  SMTP_URL: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
  EMAIL_FROM: "Host <no-reply@host.example>",
});

/** A worker of `npm run worker` that has printed its banner. */
async function startWorkerProcess(): Promise<{ child: ChildProcess; pid: number; said: string }> {
  const child = spawn(process.execPath, [script], { env: settings(), stdio: "pipe" });
  running.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      said += chunk;
    });
  await vi.waitFor(() => expect(said).toContain("Stop with Ctrl-C"), patience);
  return { child, pid: child.pid ?? 0, said };
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));

/** What `npm run worker -- …` says, and how it ends. */
function worker(words: string, changes: Record<string, string> = {}) {
  return new Promise<{ code: number; said: string; fault: string }>((resolve) => {
    const env = { ...settings(), ...changes };
    execFile(process.execPath, [script, ...words.split(" ")], { env }, (error, said, fault) =>
      resolve({ code: error === null ? 0 : Number(error.code), said, fault }),
    );
  });
}

const failsWith = (text: RegExp) => ({ code: 1, said: "", fault: expect.stringMatching(text) });
const well = (text: RegExp) => ({ code: 0, said: expect.stringMatching(text), fault: "" });

test("words that are not understood start no worker", async () => {
  expect(await worker("--helth")).toEqual(
    failsWith(/^Not all of these words are understood; .+\.\n$/),
  );
});

test("without a worker, or with one of another machine alone, the check says that none runs here", async () => {
  const none = /^No worker runs on this machine, or in this container\.\n$/;
  expect(await worker("--health")).toEqual(failsWith(none));
  const elsewhere = describeOwnProcess({ servesPages: false, runsJobs: true });
  await giveSignOfLife({ ...elsewhere, pidSpace: "another machine" }, null);
  expect(await worker("--health")).toEqual(failsWith(none));
});

test("a database that cannot be reached is reported in one sentence, without its password", async () => {
  const gone = `postgresql://portaria:s3cret@127.0.0.1:${await freePort()}/portaria`;
  const answer = await worker("--health", { DATABASE_URL: gone });
  expect(answer).toEqual(
    failsWith(/^The database of DATABASE_URL at 127\.0\.0\.1:\d+ cannot be .+\.\n$/),
  );
  expect(answer.fault).not.toContain("s3cret");
});

test("a worker is well; stopped by SIGSTOP, killed or ended in order it is reported as such", async () => {
  const { child, pid, said } = await startWorkerProcess();
  expect(said).toContain("The worker runs the jobs and sends the mail (EMAIL_TRANSPORT=smtp)");
  const isWell = well(
    new RegExp(`^The worker \\(process ${pid}\\) is well; \\d+ code mails wait\\.\n$`),
  );
  expect(await worker("--health")).toEqual(isWell);
  expect(await worker(`--health --pid ${pid}`)).toEqual(isWell);
  expect(await worker(`--health --pid ${process.pid}`)).toEqual(
    failsWith(
      /^No worker with the process number \d+ runs on this machine, or in this container\.\n$/,
    ),
  );

  child.kill("SIGSTOP");
  await db.$executeRaw`
    UPDATE running_process SET beat_at = beat_at - make_interval(secs => 30) WHERE pid = ${pid}`;
  expect(await worker("--health")).toEqual(
    failsWith(
      /has given no sign of life for \d+ seconds: it hangs, or cannot reach the database\.\n$/,
    ),
  );
  child.kill("SIGCONT");
  await vi.waitFor(async () => expect(await worker("--health")).toEqual(isWell), patience);

  const second = await startWorkerProcess();
  expect(await worker("--health")).toEqual(well(/^All 2 workers here are well\.\n$/));
  const killed = ended(child);
  child.kill("SIGKILL");
  await killed;
  expect(await worker(`--health --pid ${pid}`)).toEqual(
    failsWith(/^No worker with the process number/),
  );
  expect(await worker("--health")).toEqual(well(/is well/));

  const stopped = ended(second.child);
  second.child.kill("SIGTERM");
  expect(await stopped).toBe(0);
  expect(await db.runningProcess.findMany({ where: { pid: second.pid } })).toMatchObject([
    { stoppedAt: expect.any(Date) },
  ]);
  expect(await worker("--health")).toEqual(failsWith(/^No worker runs/));
});

test("a worker whose mail all fails is reported with the reason, until a mail is taken", async () => {
  const { child, pid } = await startWorkerProcess();
  takesMail = false;
  await enqueueCodeMail();
  const row = () => db.runningProcess.findFirstOrThrow({ where: { pid } });
  await vi.waitFor(async () => expect((await row()).failedTries).toBeGreaterThan(2), patience);
  // What it remembers of itself is held still while half a minute is put before it.
  child.kill("SIGSTOP");
  await db.$executeRaw`
    UPDATE running_process SET failing_since = failing_since - make_interval(secs => 30),
      beat_at = now() WHERE pid = ${pid}`;
  expect(await worker("--health")).toEqual(
    failsWith(
      /cannot send: \d+ tries in \d+ seconds have failed and none was taken \(.*451.*\)\.\n$/,
    ),
  );
  takesMail = true;
  const before = arrived;
  child.kill("SIGCONT");
  await vi.waitFor(async () => {
    expect(arrived).toBeGreaterThan(before);
    expect((await row()).failedTries).toBe(0);
  }, patience);
  expect(await worker("--health")).toEqual(well(/is well; 0 code mails wait/));

  const web = describeOwnProcess({ servesPages: true, runsJobs: false });
  await giveSignOfLife({ ...web, host: "front" }, null);
  expect(await worker("--health")).toEqual(
    failsWith(
      /has other settings than the web process on front \(process \d+\): EMAIL_TRANSPORT \(mailbox there, smtp here\), .+; give both the same\.\n$/,
    ),
  );
  const gone = ended(child);
  child.kill("SIGTERM");
  await gone;
});
