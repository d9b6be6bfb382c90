import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { codeMinutesNow, longestCodeMinutes } from "@/lib/challenge/code-lifetime";
import { readClock } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { knownMailWatch, mailWatch, readMailWatch } from "@/lib/mail/fate/mail-watch";
import { watchOutage } from "@/lib/mail/fate/watch-outage";
import type { MailKind } from "@/lib/mail/kinds";
import { pass, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { enqueueCodeMail } from "@/lib/testing/mails";

testDatabase();
stoppedClock();

const minute = 60_000;
const ago = (seconds: number) => new Date(readClock().getTime() - seconds * 1000);
const said = { error: vi.spyOn(log, "error"), info: vi.spyOn(log, "info") };

function useTransport(transport: "resend" | "smtp") {
  process.env.RESEND_WEBHOOK_SECRET = transport === "resend" ? `whsec_${"A".repeat(32)}` : "";
  process.env.CODE_LIFETIME_OUTAGE_MINUTES = "30";
  resetEnvironment();
}

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE mail_outage, mail CASCADE`;
  useTransport("smtp");
  await readMailWatch();
  for (const one of Object.values(said)) one.mockReset().mockImplementation(() => {});
});
afterEach(() => {
  delete process.env.RESEND_WEBHOOK_SECRET;
  delete process.env.CODE_LIFETIME_OUTAGE_MINUTES;
  resetEnvironment();
});

type Change = { state: string; at: Date; reason?: string; source?: string };
type Stored = {
  made: number;
  sent?: number;
  state?: string;
  channel?: string;
  kind?: MailKind;
  attempts?: number;
  tried?: number;
  looked?: number;
  recipient?: string;
  challengeId?: string;
  changes?: Change[];
};

/** Stores a mail by how many seconds ago it was made, handed over, tried and asked about. */
async function store(mail: Stored) {
  const { made, sent, tried, looked, changes = [], kind = "sign-in-code", attempts = 0 } = mail;
  const { state = sent === undefined ? "queued" : "sent" } = mail;
  await db.mail.create({
    data: {
      ...{
        kind,
        state,
        attempts,
        recipient: mail.recipient ?? `${randomUUID()}@example.com`,
        challengeId: mail.challengeId ?? null,
        locale: "en",
        facts: {},
      },
      channel: mail.channel ?? (sent === undefined ? null : "smtp"),
      ...{ createdAt: ago(made), nextTryAt: ago(made), usefulUntil: ago(made - 600) },
      sentAt: sent === undefined ? null : ago(sent),
      triedAt: tried === undefined ? null : ago(tried),
      lookedAt: looked === undefined ? null : ago(looked),
      changes: {
        create: changes.map((one) => ({ source: "webhook", ...one, notedAt: one.at })),
      },
    },
  });
}

const store3 = async (mail: Stored) => {
  for (let count = 0; count < 3; count += 1) await store(mail);
};
const webhookCame = (secondsAgo: number) =>
  db.deliveryReport.create({ data: { id: `resend:${randomUUID()}`, receivedAt: ago(secondsAgo) } });

test("by SMTP a mail has come when it was accepted", async () => {
  await store3({ made: 200, sent: 190 });
  expect(await watchOutage()).toEqual({ kind: "none" });
  await store3({ made: 200, sent: 100 });
  await store3({ made: 200, sent: 100 });
  expect(await watchOutage()).toEqual({ kind: "begins", because: "slow" });
});

test("by Resend with webhooks it has come when it was delivered", async () => {
  useTransport("resend");
  await webhookCame(10);
  const quick = { made: 200, sent: 199, channel: "resend" };
  await store3({ ...quick, changes: [{ state: "delivered", at: ago(198) }] });
  expect(await watchOutage()).toEqual({ kind: "none" });
  await store3({ ...quick, changes: [{ state: "delivered", at: ago(20) }] });
  await store3(quick);
  expect(await watchOutage()).toEqual({ kind: "begins", because: "slow" });
});

test("where no webhook comes, Resend's mail has come when it was accepted, unless it says otherwise itself", async () => {
  useTransport("resend");
  await db.$executeRaw`TRUNCATE delivery_report`;
  await webhookCame(3700);
  await store3({ made: 200, sent: 199, channel: "resend" });
  expect(await watchOutage()).toEqual({ kind: "none" });
  await store3({ made: 200, sent: 199, looked: 170, channel: "resend" });
  await store3({ made: 200, sent: 199, looked: 170, channel: "resend" });
  expect(await watchOutage()).toEqual({ kind: "begins", because: "slow" });
});

test("that it came by when it was asked says nothing of how long it took", async () => {
  useTransport("resend");
  await webhookCame(10);
  const looked = { made: 200, sent: 199, looked: 110, channel: "resend" };
  const change = { state: "delivered", at: ago(109) };
  await store3({ ...looked, changes: [{ ...change, source: "look" }] });
  expect(await watchOutage()).toEqual({ kind: "none" });
  // By a report it says so.
  await store3({ ...looked, changes: [change] });
  await store3({ ...looked, changes: [change] });
  expect(await watchOutage()).toEqual({ kind: "begins", because: "slow" });
});

/** A sign-up's code to a server of a stranger's, who asks from a network of their own. */
async function ofStranger({ site, network }: { site: string; network: string }) {
  const { challenge } = await enqueueCodeMail();
  await db.mail.deleteMany({ where: { challengeId: challenge.id } });
  await db.challenge.update({ where: { id: challenge.id }, data: { place: network } });
  const recipient = `${randomUUID()}@mx.${randomUUID()}.${site}`;
  return { made: 200, kind: "sign-up-code" as const, challengeId: challenge.id, recipient };
}

test.each<[string, { site: string; network: string }[], "none" | "begins"]>([
  [
    "from one network to many servers",
    ["a.io", "b.io", "c.io"].map((site) => ({ site, network: "198.51.100.7/32" })),
    "none",
  ],
  [
    "from many networks to one server by many names",
    [1, 2, 3].map((n) => ({ site: "a.io", network: `198.51.100.${n}/32` })),
    "none",
  ],
  [
    "from three networks to two servers",
    [1, 2, 3].map((n) => ({ site: n === 1 ? "a.io" : "b.io", network: `198.51.100.${n}/32` })),
    "begins",
  ],
])("what strangers sign up with, %s", async (_, strangers, kind) => {
  useTransport("resend");
  await webhookCame(10);
  const late = { sent: 199, channel: "resend", changes: [{ state: "delivered", at: ago(20) }] };
  for (const one of strangers) {
    const mail = await ofStranger(one);
    await store({ ...mail, ...late });
    // Their server asks to wait.
    await store({ ...mail, attempts: 3 });
  }
  expect(await watchOutage()).toMatchObject({ kind });
});

test("a provider that takes nothing is seen by the age of what waits, older than five minutes too", async () => {
  await store3({ made: 20 });
  expect(await watchOutage()).toEqual({ kind: "none" });
  await store3({ made: 400 });
  expect(await watchOutage()).toEqual({ kind: "begins", because: "slow" });
});

test.each<[string, Stored, "none" | "begins"]>([
  ["notices", { made: 250, sent: 10, kind: "new-browser" }, "none"],
  ["links", { made: 250, sent: 10, kind: "password-reset" }, "begins"],
  ["what came longer ago", { made: 900, sent: 400 }, "none"],
  ["what nobody needs any more", { made: 250, state: "dropped" }, "none"],
  ["what stands for a mail", { made: 250, sent: 10, channel: "none" }, "none"],
])("of %s", async (_, mail, kind) => {
  await store3(mail);
  expect(await watchOutage()).toMatchObject({ kind });
});

const refusedFor = (reason: string, state = "refused"): Stored => ({
  ...{ made: 20, state: "refused", attempts: 1, tried: 10 },
  changes: [{ state, at: ago(10), reason }],
});

test.each([
  ["no-mailbox", "refused", "none"],
  ["full", "refused", "none"],
  ["complaint", "suppressed", "none"],
  ["no-mailbox", "suppressed", "none"],
  ["blocked", "refused", "begins"],
  ["contents", "refused", "begins"],
  ["other", "refused", "begins"],
])("refused for %s (%s)", async (reason, state, kind) => {
  await store3(refusedFor(reason, state));
  expect(await watchOutage()).toMatchObject({ kind });
});

test("what the provider itself does not take counts as refused, what one server asks to wait for does not", async () => {
  await store3({ made: 10, attempts: 2 });
  expect(await watchOutage()).toEqual({ kind: "none" });
  await store3({ made: 10, attempts: 2, tried: 5 });
  expect(await watchOutage()).toEqual({ kind: "begins", because: "refused" });
});

test("an outage ends after ten minutes of calm, and is logged at its begin and its end, once", async () => {
  await store3({ made: 100 });
  await watchOutage();
  await watchOutage();
  expect(knownMailWatch().outage).toMatchObject({ because: "slow", beganAt: readClock() });
  expect(said.error).toHaveBeenCalledTimes(1);
  await db.$executeRaw`UPDATE mail SET state = 'dropped'`;
  for (let minutes = 0; minutes <= 10; minutes += 1) {
    expect((await watchOutage()).kind).toBe(minutes < 10 ? "goes-on" : "ends");
    pass(minute);
  }
  expect(await watchOutage()).toEqual({ kind: "none" });
  expect(knownMailWatch().outage).toBeNull();
  expect(said.info.mock.calls.filter(([, words]) => String(words).includes("outage"))).toHaveLength(
    1,
  );
  const [row] = await db.mailOutage.findMany();
  expect(row?.medianSeconds).toBeGreaterThanOrEqual(100);
});

test("codes that are made meanwhile live longer", async () => {
  expect(codeMinutesNow()).toBe(10);
  await store3({ made: 100 });
  await watchOutage();
  expect(codeMinutesNow()).toBe(30);
  process.env.CODE_LIFETIME_OUTAGE_MINUTES = "5";
  resetEnvironment();
  expect([codeMinutesNow(), longestCodeMinutes()]).toEqual([10, 10]);
});

test("what is known is read anew after ten seconds", async () => {
  await mailWatch();
  await db.mailOutage.create({
    data: { because: "slow", beganAt: readClock(), medianSeconds: 90, refusedShare: 0 },
  });
  expect((await mailWatch()).outage).toBeNull();
  pass(10_000);
  expect((await mailWatch()).outage).toMatchObject({ because: "slow" });
});

test("processes that look at the same moment begin and end one outage", async () => {
  for (let round = 0; round < 10; round += 1) {
    await db.$executeRaw`TRUNCATE mail_outage, mail CASCADE`;
    await store3({ made: 100 });
    const begun = await Promise.all([watchOutage(), watchOutage(), watchOutage()]);
    expect(begun.filter(({ kind }) => kind === "begins")).toHaveLength(1);
    expect(await db.mailOutage.count()).toBe(1);
    await db.$executeRaw`UPDATE mail SET state = 'dropped'`;
    await watchOutage();
    pass(10 * minute);
    const ended = await Promise.all([watchOutage(), watchOutage(), watchOutage()]);
    expect(ended.filter(({ kind }) => kind === "ends")).toHaveLength(1);
  }
  expect(said.error).toHaveBeenCalledTimes(10);
});
