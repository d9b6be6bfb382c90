import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type FakeResend, startFakeResend } from "@/e2e/support/fake-resend";
import { db } from "@/lib/db/client";
import { root } from "@/lib/machine/project.mjs";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { enqueueMail } from "@/lib/mail/outbox";
import { codeOf } from "@/lib/secrets/code";
import { testDatabase } from "@/lib/testing/database";
import { type KeepingSmtp, startKeepingSmtp } from "@/lib/testing/keeping-smtp";
import { enqueueCodeMail, notice } from "@/lib/testing/mails";

vi.setConfig({ testTimeout: 120_000 });

const databaseUrl = testDatabase();
const patience = { timeout: 90_000, interval: 20 };

let fake: FakeResend;
let smtp: KeepingSmtp;
const running: { child: ChildProcess; said: string[] }[] = [];

beforeEach(async () => {
  running.length = 0;
  await db.mail.deleteMany({});
  [fake, smtp] = [await startFakeResend(), await startKeepingSmtp()];
});

afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await sayWhatStands();
  for (const { child } of running) child.kill("SIGKILL");
  await fake.close();
  await smtp.close();
});

/** What a failure cannot be understood without. */
async function sayWhatStands(): Promise<void> {
  const mails = await db.$queryRaw`
    SELECT id, kind, state, attempts, unsure_channels, channel, next_try_at - now() AS due_in, last_error,
      useful_until, edition FROM mail WHERE state <> 'sent' LIMIT 50`;
  const pace = await db.$queryRaw`SELECT *, clock_timestamp() AS now FROM mail_pace`;
  const locks = await db.$queryRaw`
    SELECT l.pid, l.locktype, l.mode, l.granted, a.application_name, a.state, a.wait_event, left(a.query, 80) AS query
    FROM pg_locks l JOIN pg_stat_activity a USING (pid)
    WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()`;
  const said = running.map((one) => one.said.join("").slice(-4_000));
  const inWords = (rows: unknown) =>
    JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? String(value) : value), 1);
  process.stderr.write(
    `${[mails, pace, locks].map(inWords).join("\n")}\n${said.join("\n---\n")}\n`,
  );
}

/** Starts a process that sends mail by the ways of EMAIL_TRANSPORT, each as fast as it can. */
async function startSender(ways = "resend"): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(root, "scripts", "worker.mjs")], {
    env: {
      ...withoutSettings(process.env),
      DATABASE_URL: databaseUrl(),
      AUTH_SECRET: process.env.AUTH_SECRET ?? "",
      EMAIL_TRANSPORT: ways,
      RESEND_API_KEY: "re_x",
      RESEND_BASE_URL: fake.url,
      SMTP_URL: smtp.url,
      EMAIL_FROM: "Host <no-reply@host.example>",
      EMAIL_PER_SECOND: "50",
    },
    stdio: "pipe",
  });
  const said: string[] = [];
  running.push({ child, said });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => said.push(String(chunk)));
  }
  await vi.waitFor(() => expect(said.join("")).toContain("Stop with Ctrl-C"), patience);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

const allSettled = () =>
  vi.waitFor(
    async () => expect(await db.mail.count({ where: { state: "queued" } })).toBe(0),
    patience,
  );

test("a process killed in a burst loses and repeats no mail, and codes pass 500 notices that wait", async () => {
  const { mails } = fake;
  const notices = await Promise.all(Array.from({ length: 500 }, () => enqueueMail(db, notice())));
  const [killed] = await Promise.all([startSender(), startSender()]);
  await vi.waitFor(() => expect(mails().length).toBeGreaterThan(10), patience);
  const made = await Promise.all(Array.from({ length: 60 }, () => enqueueCodeMail()));
  const codes = made.map(({ mailId }) => mailId);
  const before = mails().length;
  const isCode = (id: string | null) => id !== null && codes.includes(id);
  const taken = () => mails().map(({ idempotencyKey }) => idempotencyKey);
  await vi.waitFor(() => expect(taken().filter(isCode).length).toBeGreaterThan(20), patience);
  await kill(killed);
  await allSettled();
  // Of those in a batch the answer may be lost with the process: they come again, and say so.
  const copies = mails().filter(({ text }) => text.includes("You may get this email twice"));
  const alone = copies.map(({ idempotencyKey }) => idempotencyKey);
  expect(alone.every((id) => id !== null && notices.includes(id))).toBe(true);
  expect(taken().filter(isCode).sort()).toEqual([...codes].sort());
  const recipients = mails().map(({ to }) => to[0]);
  expect(new Set(recipients).size).toBe(560);
  expect(recipients.length - 560).toBeLessThanOrEqual(copies.length);
  expect(await db.mail.count({ where: { state: "sent" } })).toBe(560);
  // What the killed process had in hand comes a little later; the others pass all notices but a few.
  const keys = mails()
    .slice(before)
    .map(({ idempotencyKey }) => idempotencyKey);
  // A batch is one request, in which many were under way before the codes came.
  const order = keys
    .filter((key, index) => key !== keys[index - 1])
    .map((key) => (isCode(key) ? "code" : "notice"));
  const first = order.slice(0, order.indexOf("code") + 80);
  expect(first.filter((kind) => kind === "code").length).toBeGreaterThan(40);
});

type Made = Awaited<ReturnType<typeof enqueueCodeMail>>;

const saysTwice = ({ text }: { text: string }) => text.includes("You may get this email twice");

/** The copies of a mail by each way, each with its code; of all of them one at most does not say that it may be the second. */
function copiesOf({ mailId, challenge, email }: Made) {
  const byResend = fake.mails(email);
  const bySmtp = smtp.copies.filter(({ id }) => id === mailId);
  const all = [...byResend, ...bySmtp];
  expect(all.length, `copies of ${mailId}`).toBeGreaterThanOrEqual(1);
  for (const { subject } of all) expect(subject).toContain(codeOf(challenge));
  expect(all.filter((copy) => !saysTwice(copy)).length).toBeLessThanOrEqual(1);
  // Resend knows a mail by its key, however often it is asked.
  expect(byResend.length).toBeLessThanOrEqual(1);
  return { byResend, bySmtp };
}

// Each step of a mail's way, in what the process that is killed there has done with the first way out.
const steps = ["taken it", "asked", "been answered by nobody", "lost the answer"] as const;
type Step = (typeof steps)[number];

const faults = {
  "taken it": ["none", "takes"],
  asked: ["hang", "silent"],
  "been answered by nobody": ["late", "late"],
  "lost the answer": ["half", "late"],
} as const;

async function hasCome(step: Step, { mailId }: Made, ways: string): Promise<boolean> {
  const { edition } = await db.mail.findUniqueOrThrow({ where: { id: mailId } });
  if (edition === null || step === "taken it") return edition !== null;
  if (ways.startsWith("resend")) return fake.requests().includes(mailId);
  return step === "asked" ? smtp.connected() > 0 : smtp.copies.length > 0;
}

test.each(
  ["resend", "resend,smtp", "smtp,resend", "smtp"].flatMap((ways) =>
    steps.map((step) => [ways, step] as const),
  ),
)(
  "by %s: a process that is killed once it has %s leaves no code mail lost, and none there twice without a word",
  async (ways, step) => {
    const [ofResend, ofSmtp] = faults[step];
    fake.fail(ofResend);
    smtp.behave(ofSmtp);
    const child = await startSender(ways);
    const made = await enqueueCodeMail();
    await vi.waitFor(async () => expect(await hasCome(step, made, ways)).toBe(true), {
      ...patience,
      interval: 2,
    });
    await kill(child);
    fake.fail("none");
    smtp.behave("takes");
    await startSender(ways);
    await allSettled();
    const { byResend, bySmtp } = copiesOf(made);
    const { mailId } = made;
    expect(await db.mail.findUniqueOrThrow({ where: { id: mailId } })).toMatchObject({
      state: "sent",
    });
    // Where Resend was asked first, it is asked again, and knows the mail.
    if (ways === "resend") expect([byResend.length, byResend.some(saysTwice)]).toEqual([1, false]);
    if (ways === "smtp,resend") expect(byResend.map(saysTwice)).toEqual([true]);
    if (ways === "smtp") expect(bySmtp.length).toBeLessThanOrEqual(2);
  },
);

// Each costs the start of a process: KILLS=100 is for a look of one's own.
const KILLS = Number(process.env.KILLS ?? 4);
const ROUNDS_TO_SETTLE = 10;

test.each(["smtp,resend", "resend,smtp", "smtp"])(
  "killed at random, again and again, by %s: no code mail is lost, and a second copy has its code and a note",
  { timeout: 120_000 + KILLS * 30_000 },
  async (ways) => {
    const arrived = () => smtp.copies.length + fake.mails().length;
    let made: Made[] = [];
    for (let round = 1; round <= KILLS; round += 1) {
      const child = await startSender(ways);
      const before = arrived();
      const wanted = Math.floor(Math.random() * 5);
      made.push(...(await Promise.all(Array.from({ length: 5 }, () => enqueueCodeMail()))));
      await vi.waitFor(() => expect(arrived()).toBeGreaterThanOrEqual(before + wanted), {
        ...patience,
        interval: 1,
      });
      await kill(child);
      // None is of no use before it was looked at.
      if (round % ROUNDS_TO_SETTLE > 0 && round < KILLS) continue;
      const last = await startSender(ways);
      await allSettled();
      await kill(last);
      for (const one of made) copiesOf(one);
      const ids = made.map(({ mailId }) => mailId);
      expect(await db.mail.count({ where: { id: { in: ids }, state: "sent" } })).toBe(ids.length);
      made = [];
    }
  },
);
