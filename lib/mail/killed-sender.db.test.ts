import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { type FakeResend, startFakeResend } from "@/e2e/support/fake-resend";
import { db } from "@/lib/db/client";
import { root } from "@/lib/machine/project.mjs";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { enqueueMail } from "@/lib/mail/outbox";
import { testDatabase } from "@/lib/testing/database";
import { enqueueCodeMail, notice } from "@/lib/testing/mails";

vi.setConfig({ testTimeout: 120_000 });

const databaseUrl = testDatabase();
const patience = { timeout: 90_000, interval: 20 };

let fake: FakeResend | undefined;
const running: ChildProcess[] = [];
afterEach(async () => {
  for (const child of running) child.kill("SIGKILL");
  await fake?.close();
});

async function startSender(url: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(root, "scripts", "worker.mjs")], {
    env: {
      ...withoutSettings(process.env),
      DATABASE_URL: databaseUrl(),
      AUTH_SECRET: process.env.AUTH_SECRET ?? "",
      RESEND_API_KEY: "re_x",
      RESEND_BASE_URL: url,
      EMAIL_FROM: "Host <no-reply@host.example>",
      EMAIL_PER_SECOND: "50",
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
  const exited = once(killed, "exit");
  killed.kill("SIGKILL");
  await exited;
  await vi.waitFor(async () => {
    expect(await db.mail.count({ where: { state: "queued" } })).toBe(0);
  }, patience);
  expect(taken().sort()).toEqual([...notices, ...codes].sort());
  expect(await db.mail.count({ where: { state: "sent" } })).toBe(560);
  // What the killed process had in hand comes a little later; the others pass all notices but a few.
  const order = mails()
    .slice(before)
    .map(({ idempotencyKey }) => (isCode(idempotencyKey) ? "code" : "notice"));
  const first = order.slice(0, order.indexOf("code") + 80);
  expect(first.filter((kind) => kind === "code").length).toBeGreaterThan(40);
});
