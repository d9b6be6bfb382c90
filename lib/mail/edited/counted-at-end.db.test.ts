import { expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { addFallbacks } from "@/lib/mail/edited/fallback-store";
import { openSending } from "@/lib/mail/open-sending";
import { enqueueMail } from "@/lib/mail/outbox";
import { testDatabase } from "@/lib/testing/database";
import { mayBeLogged } from "@/lib/testing/logged";
import { notice, recordingTransport } from "@/lib/testing/mails";
import { publish } from "@/lib/testing/published";

const databaseUrl = testDatabase();
const key = { subject: "new-browser", language: "en" };
// The first mail of a process loads what makes it.
const patience = { timeout: 10_000, interval: 20 };
const count = async () =>
  (await db.templateFallback.findMany()).reduce((sum, one) => sum + one.count, 0);

test("a process that ends in order loses no count of the mails that it sent", async () => {
  mayBeLogged(/A published text could not be used/);
  await publish(key, { subject: [], pieces: "none" });
  const { transport, taken } = recordingTransport();
  const sending = openSending(databaseUrl(), { transport });
  await enqueueMail(db, notice());
  sending.wake();
  await vi.waitFor(() => expect(taken).toHaveLength(1), patience);
  await vi.waitFor(async () => expect(await count()).toBe(1), patience);
  for (let round = 0; round < 5; round += 1) await enqueueMail(db, notice());
  sending.wake();
  await vi.waitFor(() => expect(taken).toHaveLength(6), patience);
  await sending.stop();
  expect(await count()).toBe(6);
});

test("what two processes counted adds up, and the reason is the later one's", async () => {
  await db.templateFallback.deleteMany();
  const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);
  const one = { ...key, count: 2, reason: "later", lastAt: at("14:30") };
  const other = { subject: "sign-up-code", language: "fr", count: 7, reason: "x".repeat(900) };
  await addFallbacks([{ ...other, lastAt: at("14:59") }, one]);
  await addFallbacks([
    { ...one, count: 3, reason: "earlier", lastAt: at("14:10") },
    { ...one, count: 1, reason: "next", lastAt: at("15:00") },
  ]);
  const rows = await db.templateFallback.findMany({
    orderBy: [{ subject: "asc" }, { hour: "asc" }],
  });
  expect(rows).toMatchObject([
    { count: 5, reason: "later", hour: at("14:00"), lastAt: at("14:30") },
    { count: 1, reason: "next", hour: at("15:00") },
    { count: 7, reason: "x".repeat(500), hour: at("14:00") },
  ]);
});
