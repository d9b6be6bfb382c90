import { afterEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { startJobs } from "@/lib/jobs/start-jobs";
import { MailRefused } from "@/lib/mail/transports/transport";
import { decideNow, makeCase } from "@/lib/testing/case-review";
import { testDatabase } from "@/lib/testing/database";
import { caseNow } from "@/lib/testing/drafts";
import { expectLogged } from "@/lib/testing/logged";
import { recordingTransport } from "@/lib/testing/mails";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

let workers: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
});

const patience = { timeout: 20_000, interval: 20 };

test("the worker moves cases on by itself, also while no mail can be sent", async () => {
  expectLogged(/the provider is down.*A mail was not taken and is tried again/);
  expectLogged(/the provider is down.*A mail was not taken and is tried again/);
  const { transport } = recordingTransport(async () => {
    throw new MailRefused("the provider is down");
  });
  workers.push(await startJobs({ transport }));
  const [due, halfway] = [await makeCase(), await makeCase()];
  for (const { id } of [due, halfway]) {
    await decideNow(await makeStaff("support"), id, "approve");
    await decideNow(await makeStaff("support"), id, "approve");
  }
  // Everybody was notified while mail could still be sent.
  await db.mail.updateMany({ where: { kind: "case-will-change" }, data: { state: "sent" } });
  const past = new Date(Date.now() - 1_000);
  await db.recoveryCase.update({ where: { id: due.id }, data: { coolsUntil: past } });
  await db.recoveryCase.update({ where: { id: halfway.id }, data: { remindAt: past } });
  await vi.waitFor(async () => {
    // What the schedule does every minute.
    await db.$queryRaw`SELECT graphile_worker.add_job('move_cases')::text`;
    expect((await caseNow(due.id)).state).toBe("done");
    expect((await caseNow(halfway.id)).remindedAt).not.toBeNull();
  }, patience);
  const waiting = await db.mail.findMany({ where: { state: "queued" } });
  const kinds = waiting.map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(["case-done", "case-changed", "case-reminder"]));
});

test("the worker looks for such cases on its schedule", async () => {
  workers.push(await startJobs({ transport: recordingTransport().transport }));
  await vi.waitFor(async () => {
    const known = await db.$queryRaw<{ identifier: string }[]>`
      SELECT identifier FROM graphile_worker._private_known_crontabs`;
    expect(known).toContainEqual({ identifier: "move_cases" });
  }, patience);
});
