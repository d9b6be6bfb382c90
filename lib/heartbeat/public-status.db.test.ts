import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readClock } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { publicStatus } from "@/lib/heartbeat/public-status";
import { pass, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { enqueueCodeMail } from "@/lib/testing/mails";

testDatabase();
stoppedClock();
vi.mock("@/lib/heartbeat/health", () => ({ databaseState: async () => database.state }));
const database = vi.hoisted(() => ({ state: "ok" }));

beforeEach(async () => {
  database.state = "ok";
  await db.$executeRaw`TRUNCATE mail, challenge, mail_outage, canary_run CASCADE`;
});
let days = 0;
beforeEach(() => {
  // What was looked up is said again for ten seconds.
  days += 1;
  pass(days * 86_400_000);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const outage = (because: string) =>
  db.mailOutage.create({
    data: { because, beganAt: readClock(), medianSeconds: 90, refusedShare: 0 },
  });

test("while nothing is wrong all works", async () => {
  expect(await publicStatus()).toEqual({
    ...{ signIn: "works", mail: { kind: "arrives" }, canaryFailedAt: null },
    readAt: readClock(),
  });
});

test.each(["slow", "refused"])("an outage is said, with its begin (%s)", async (because) => {
  await outage(because);
  expect((await publicStatus()).mail).toEqual({ kind: because, since: readClock() });
});

test("code mail that stands still goes before an outage", async () => {
  await outage("slow");
  await enqueueCodeMail();
  const old = new Date(readClock().getTime() - 300_000);
  await db.mail.updateMany({ data: { createdAt: old, usefulUntil: new Date("2100-01-01") } });
  expect((await publicStatus()).mail).toEqual({ kind: "stands" });
});

test("without the database nobody can sign in, and nothing is known of mail", async () => {
  database.state = "unreachable";
  expect(await publicStatus()).toMatchObject({ signIn: "away", mail: { kind: "unknown" } });
});

test("it is looked up once in ten seconds", async () => {
  await publicStatus();
  await outage("slow");
  pass(9_000);
  expect((await publicStatus()).mail.kind).toBe("arrives");
  pass(1_000);
  expect((await publicStatus()).mail.kind).toBe("slow");
});
