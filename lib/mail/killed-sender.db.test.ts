import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { afterEach, expect, test, vi } from "vitest";
import { type FakeResend, startFakeResend } from "@/e2e/support/fake-resend";
import { db } from "@/lib/db/client";
import { root } from "@/lib/machine/project.mjs";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { enqueueMail } from "@/lib/mail/outbox";
import { codeOf } from "@/lib/secrets/code";
import { testDatabase } from "@/lib/testing/database";
import { enqueueCodeMail, notice } from "@/lib/testing/mails";

vi.setConfig({ testTimeout: 120_000 });

const databaseUrl = testDatabase();
const patience = { timeout: 90_000, interval: 20 };

let fake: FakeResend | undefined;
let smtp: SMTPServer | undefined;
const running: ChildProcess[] = [];
afterEach(async () => {
  for (const child of running) child.kill("SIGKILL");
  await fake?.close();
  const closing = smtp;
  smtp = undefined;
  if (closing) await new Promise<void>((resolve) => closing.close(() => resolve()));
});

/** Starts a process that sends mail by Resend at an address, or as `settings` say. */
async function startSender(
  url: string,
  settings: Record<string, string> = {},
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(root, "scripts", "worker.mjs")], {
    env: {
      ...withoutSettings(process.env),
      DATABASE_URL: databaseUrl(),
      AUTH_SECRET: process.env.AUTH_SECRET ?? "",
      RESEND_API_KEY: "re_x",
      RESEND_BASE_URL: url,
      EMAIL_FROM: "Host <no-reply@host.example>",
      EMAIL_PER_SECOND: "50",
      ...settings,
    },
    stdio: "pipe",
  });
  running.push(child);
  let said = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    said += chunk;
  });
  await vi.waitFor(() => expect(said).toContain("Stop with Ctrl-C"), patience);
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
  fake = await startFakeResend();
  const { url, mails } = fake;
  const notices = await Promise.all(Array.from({ length: 500 }, () => enqueueMail(db, notice())));
  const [killed] = await Promise.all([startSender(url), startSender(url)]);
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
  const order = mails()
    .slice(before)
    .map(({ idempotencyKey }) => (isCode(idempotencyKey) ? "code" : "notice"));
  const first = order.slice(0, order.indexOf("code") + 80);
  expect(first.filter((kind) => kind === "code").length).toBeGreaterThan(40);
});

type Copy = { id: string; text: string; subject: string };

/** A real SMTP server, and the mails that it took, by their Message-ID. */
async function startSmtp(): Promise<{ url: string; copies: Copy[] }> {
  const copies: Copy[] = [];
  const started = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    closeTimeout: 1,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const id = /^Message-ID: <([^@]+)@/im.exec(text)?.[1] ?? "";
        copies.push({ id, text, subject: /^Subject: (.*)/im.exec(text)?.[1] ?? "" });
        done();
      });
    },
  });
  started.on("error", () => undefined);
  smtp = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", () => resolve()));
  const { port } = started.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, copies };
}

const saysTwice = ({ text }: Pick<Copy, "text">) =>
  text.replace(/=\r?\n/g, "").includes("You may get this email twice");

// Each step of a mail's way, in what the process that is killed there has done.
test.each(["taken it", "asked", "been answered by nobody", "lost the answer"] as const)(
  "a process that is killed once it has %s leaves no code mail lost, and none there twice",
  async (step) => {
    fake = await startFakeResend();
    const { url, mails, requests } = fake;
    if (step === "asked") fake.fail("hang");
    if (step === "been answered by nobody") fake.fail("late");
    if (step === "lost the answer") fake.fail("half");
    const child = await startSender(url);
    const { mailId, challenge, email } = await enqueueCodeMail();
    await vi.waitFor(async () => {
      const { edition } = await db.mail.findUniqueOrThrow({ where: { id: mailId } });
      expect(step === "taken it" ? edition !== null : requests().includes(mailId)).toBe(true);
    }, patience);
    await kill(child);
    fake.fail("none");
    await startSender(url);
    await allSettled();
    expect(mails(email).map(({ idempotencyKey }) => idempotencyKey)).toEqual([mailId]);
    expect(mails(email)[0]?.subject).toContain(codeOf(challenge));
    expect(mails(email).some(saysTwice)).toBe(false);
  },
);

// Each costs the start of a process: KILLS=100 is for a look of one's own.
const KILLS = Number(process.env.KILLS ?? 12);

test("killed at random, again and again: no code mail is lost, and a second copy has its code and a note", {
  timeout: 120_000 + KILLS * 15_000,
}, async () => {
  fake = await startFakeResend();
  const { url, mails } = fake;
  const { url: smtpUrl, copies } = await startSmtp();
  const settings = { EMAIL_TRANSPORT: "smtp,resend", SMTP_URL: smtpUrl };
  const made: Awaited<ReturnType<typeof enqueueCodeMail>>[] = [];
  for (let round = 0; round < KILLS; round += 1) {
    const child = await startSender(url, settings);
    const before = copies.length + mails().length;
    const wanted = Math.floor(Math.random() * 5);
    const some = await Promise.all(Array.from({ length: 5 }, () => enqueueCodeMail()));
    made.push(...some);
    await vi.waitFor(
      () => expect(copies.length + mails().length).toBeGreaterThanOrEqual(before + wanted),
      {
        ...patience,
        interval: 1,
      },
    );
    await kill(child);
  }
  await startSender(url, settings);
  await allSettled();
  for (const { mailId, challenge, email } of made) {
    const bySmtp = copies.filter(({ id }) => id === mailId);
    const byResend = mails(email);
    const all = [...bySmtp, ...byResend];
    expect(all.length).toBeGreaterThanOrEqual(1);
    expect(bySmtp.length).toBeLessThanOrEqual(1);
    expect(byResend.length).toBeLessThanOrEqual(1);
    for (const { subject } of all) expect(subject).toContain(codeOf(challenge));
    if (all.length === 2) expect(byResend.every(saysTwice)).toBe(true);
  }
  const ids = made.map(({ mailId }) => mailId);
  expect(await db.mail.count({ where: { id: { in: ids }, state: "sent" } })).toBe(ids.length);
});
