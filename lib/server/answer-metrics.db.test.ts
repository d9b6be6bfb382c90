import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { readMetrics } from "@/lib/heartbeat/read-metrics";
import { takeReport } from "@/lib/mail/fate/take-report";
import { enqueueMail } from "@/lib/mail/outbox";
import { markRefused, markSent } from "@/lib/mail/store";
import { METRICS_PATH } from "@/lib/server/answer-metrics";
import { testDatabase } from "@/lib/testing/database";
import { type GateUnderTest, startGate } from "@/lib/testing/gate";
import { enqueueCodeMail, notice } from "@/lib/testing/mails";
import { makeAccount } from "@/lib/testing/people";

testDatabase();

const TOKEN = "a token of Prometheus, of 32 characters";
const token = TOKEN.replaceAll(/[ ,]/g, "-");
const bearer = { authorization: `Bearer ${token}` };

let gate: GateUnderTest;
beforeAll(async () => {
  gate = await startGate(async (_, res) => void res.writeHead(500).end());
});
afterAll(() => gate.stop());

function set(settings: Record<string, string>): void {
  Object.assign(process.env, settings);
  resetEnvironment();
}
let round = 0;
beforeEach(async () => {
  set({ METRICS_TOKEN: token, RESEND_WEBHOOK_SECRET: "" });
  await db.$executeRaw`TRUNCATE mail, account, mail_pace, marked_address, canary_run, mail_outage CASCADE`;
  // What was counted is said again for ten seconds.
  vi.useFakeTimers({ toFake: ["Date"] });
  round += 600_000;
  vi.setSystemTime(Date.now() + round);
});
afterEach(() => {
  vi.useRealTimers();
  set({
    METRICS_TOKEN: "",
    EMAIL_TRANSPORT: "mailbox",
    EMAIL_FROM: "",
    RESEND_API_KEY: "",
    CANARY_EMAIL: "",
    CANARY_INBOX: "",
  });
});

const ask = (headers: Record<string, string> = bearer, method = "GET") =>
  gate.send(method, METRICS_PATH, headers);
const sampleOf = async (sample: string) => {
  const line = (await ask()).body.split("\n").find((one) => one.startsWith(`${sample} `));
  return line === undefined ? undefined : Number(line.slice(sample.length));
};
const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000);

async function sent(
  { domain = "example.com", channel = "smtp", seconds = 1 } = {},
  accountId: string | null = null,
) {
  const recipient = `${randomUUID()}@${domain}`;
  const id = await enqueueMail(db, notice({ recipient, accountId }));
  await db.mail.update({ where: { id }, data: { createdAt: secondsAgo(100) } });
  await markSent({ id, channel, providerId: null, sentAt: secondsAgo(100 - seconds) });
  return id;
}

test("without a token set there is no such address", async () => {
  set({ METRICS_TOKEN: "" });
  expect((await ask()).status).toBe(404);
});

test.each<[string, Record<string, string>]>([
  ["none", {}],
  ["another", { authorization: "Bearer wrong" }],
  ["the right one and more", { authorization: `Bearer ${token}x` }],
  ["its beginning", { authorization: `Bearer ${token.slice(0, -1)}` }],
  ["another scheme", { authorization: `Basic ${token}` }],
  ["none behind the scheme", { authorization: "Bearer " }],
])("a request with %s is refused, and learns nothing", async (_, headers) => {
  const { status, body, headers: answered } = await ask(headers);
  expect(status).toBe(401);
  expect(answered["www-authenticate"]).toBe("Bearer");
  expect(body).not.toContain("portaria_");
});

test("with the token it is Prometheus' text, kept by nobody; HEAD has no body, and nothing is posted", async () => {
  const { status, headers, body } = await ask();
  expect(status).toBe(200);
  expect(headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(headers["cache-control"]).toBe("no-store");
  expect(body).toMatch(/^# HELP portaria_/);
  expect(await ask(bearer, "HEAD")).toMatchObject({ status: 200, body: "" });
  expect((await ask(bearer, "POST")).status).toBe(405);
});

test("what waits is counted by urgency, with the age of the oldest", async () => {
  await enqueueCodeMail();
  const { id } = await db.mail.findFirstOrThrow();
  await db.mail.update({ where: { id }, data: { createdAt: secondsAgo(90) } });
  await enqueueMail(db, notice());
  await enqueueMail(db, notice());
  expect(await sampleOf('portaria_mail_queue{urgency="code"}')).toBe(1);
  expect(await sampleOf('portaria_mail_queue{urgency="notice"}')).toBe(2);
  expect(await sampleOf('portaria_mail_queue{urgency="link"}')).toBe(0);
  expect(await sampleOf('portaria_mail_queue_oldest_seconds{urgency="code"}')).toBeCloseTo(90, 0);
});

test("how long mail took is distinguished by transport, until taken and until it arrived", async () => {
  const id = await sent({ channel: "resend", seconds: 3 });
  await sent({ seconds: 1 });
  await sent({ seconds: 40 });
  await sent({ channel: "none", seconds: 1 });
  await takeReport({
    ...{ id: null, mail: { id }, state: "delivered", at: secondsAgo(85), source: "webhook" },
    ...{ channel: "resend", reason: null, status: null, words: null, marks: null },
  });
  const accepted = (transport: string, le: string) =>
    sampleOf(`portaria_mail_accept_seconds_bucket{transport="${transport}",le="${le}"}`);
  expect(await accepted("smtp", "1")).toBe(1);
  expect(await accepted("smtp", "30")).toBe(1);
  expect(await accepted("smtp", "60")).toBe(2);
  expect(await accepted("resend", "2")).toBe(0);
  expect(await accepted("resend", "5")).toBe(1);
  expect(await sampleOf('portaria_mail_accept_seconds_sum{transport="smtp"}')).toBeCloseTo(41, 1);
  expect(await sampleOf('portaria_mail_deliver_seconds_count{transport="resend"}')).toBe(1);
  const arrived = 'portaria_mail_deliver_seconds_bucket{transport="resend",le="';
  expect([await sampleOf(`${arrived}10"}`), await sampleOf(`${arrived}20"}`)]).toEqual([0, 1]);
  expect((await ask()).body).not.toContain('transport="none",le');
});

test("failures are counted by transport and reason, and by transport and the largest receiving domains", async () => {
  for (let index = 0; index < 22; index += 1) {
    await sent({ domain: `domain-${String(index).padStart(2, "0")}.example` });
  }
  await sent({ domain: "Domain-21.example" });
  async function refused(recipient: string, channel: string) {
    const id = await enqueueMail(db, notice({ recipient }));
    await markRefused(id, {
      ...{ reason: "550 no such user", channel, triedAt: new Date() },
      ...{ failure: "no-mailbox", status: "5.1.1", marks: "bounced" },
    });
  }
  await refused("nobody@domain-21.example", "smtp");
  for (const domain of ["domain-21", "domain-20", "domain-19"]) {
    await refused(`somebody@${domain}.example`, "resend");
  }
  expect(await sampleOf('portaria_mail_failures{transport="smtp",reason="no-mailbox"}')).toBe(1);
  expect(await sampleOf('portaria_mail_domain_mails{domain="domain-21.example"}')).toBe(4);
  const failures = (transport: string, domain: string) =>
    sampleOf(`portaria_mail_domain_failures{transport="${transport}",domain="${domain}"}`);
  expect(await failures("smtp", "domain-21.example")).toBe(1);
  expect(await failures("resend", "domain-21.example")).toBe(1);
  expect(await failures("resend", "domain-20.example")).toBe(1);
  expect(await failures("smtp", "domain-20.example")).toBeUndefined();
  expect(await sampleOf('portaria_mail_domain_mails{domain="other"}')).toBe(2);
  const { body } = await ask();
  expect(body.match(/^portaria_mail_domain_mails/gm)).toHaveLength(21);
  expect(await sampleOf('portaria_mail_suppressed_addresses{because="bounced"}')).toBe(4);
  expect(body).not.toContain("@");
});

test("sign-ins are counted by verdict, within the hour and without the canary", async () => {
  set({ CANARY_EMAIL: "canary@example.com", CANARY_INBOX: "imaps://canary:secret@mail.example" });
  const [customer, canary] = [await makeAccount(), await makeAccount()];
  await db.account.update({ where: { id: canary.id }, data: { isCanary: true } });
  const judged = (accountId: string, verdict: string, at: Date) =>
    db.signInJudgement.create({
      data: { accountId, verdict, because: "right-code", codeSeconds: 25, userAgent: "", at },
    });
  await judged(customer.id, "entered", secondsAgo(60));
  await judged(customer.id, "blocked", secondsAgo(60));
  await judged(customer.id, "entered", secondsAgo(3700));
  await judged(canary.id, "entered", secondsAgo(60));
  await sent({}, canary.id);
  expect(await sampleOf('portaria_sign_ins{verdict="entered"}')).toBe(1);
  expect(await sampleOf('portaria_sign_ins{verdict="blocked"}')).toBe(1);
  expect(await sampleOf("portaria_code_type_seconds_count")).toBe(2);
  expect(await sampleOf('portaria_code_type_seconds_bucket{le="20"}')).toBe(0);
  expect(await sampleOf('portaria_mail_domain_mails{domain="example.com"}')).toBeUndefined();
});

test("the breaker and the pause of a way out, an outage, the last webhook and the canary are said", async () => {
  set({
    ...{
      EMAIL_TRANSPORT: "resend",
      EMAIL_FROM: "Host <no-reply@example.com>",
      RESEND_API_KEY: "re_key",
      RESEND_WEBHOOK_SECRET: `whsec_${"A".repeat(32)}`,
    },
    ...{ CANARY_EMAIL: "canary@example.com", CANARY_INBOX: "imaps://canary:secret@mail.example" },
  });
  const at = new Date();
  // The breaker goes by the database's clock.
  await db.$executeRaw`INSERT INTO mail_pace (channel, next_slot_at, paused_until, open_until)
    VALUES ('resend', now(), now() - interval '1 minute', now() + interval '30 seconds')`;
  await db.mailOutage.create({
    data: { because: "refused", beganAt: at, medianSeconds: 1, refusedShare: 1 },
  });
  await db.deliveryReport.create({
    data: { id: `resend:${randomUUID()}`, receivedAt: secondsAgo(50) },
  });
  const run = { endedAt: at, step: "mail" };
  await db.canaryRun.create({
    data: { ...run, beganAt: secondsAgo(900), step: "done", mailMs: 2500 },
  });
  await db.canaryRun.create({ data: { ...run, beganAt: secondsAgo(60) } });
  await db.canaryRun.create({ data: { beganAt: at, step: "sign-in" } });
  expect(await sampleOf('portaria_mail_way_open_seconds{transport="resend"}')).toBeGreaterThan(20);
  expect(await sampleOf('portaria_mail_way_paused_seconds{transport="resend"}')).toBe(0);
  expect(await sampleOf('portaria_mail_outage{because="refused"}')).toBe(1);
  expect(await sampleOf("portaria_mail_webhook_age_seconds")).toBeCloseTo(50, 0);
  expect(await sampleOf("portaria_canary_success")).toBe(0);
});

describe("Resend's silence", () => {
  const silence = async () => {
    // As if ten seconds had passed, for which the same is said.
    vi.setSystemTime(Date.now() + 10_000);
    return sampleOf("portaria_mail_webhook_age_seconds");
  };
  beforeEach(async () => {
    await db.deliveryReport.deleteMany();
    set({ RESEND_WEBHOOK_SECRET: `whsec_${"A".repeat(32)}` });
  });

  test("without any webhook lasts since it took the oldest mail, and rises", async () => {
    expect(await silence()).toBeUndefined();
    await enqueueMail(db, notice());
    await sent({ channel: "smtp" });
    expect(await silence()).toBeUndefined();
    const oldest = await sent({ channel: "resend" });
    await db.mail.update({
      where: { id: oldest },
      data: { createdAt: secondsAgo(8000), sentAt: secondsAgo(7990) },
    });
    await sent({ channel: "resend" });
    const first = (await silence()) ?? 0;
    expect(first).toBeCloseTo(8000, 0);
    expect(await silence()).toBeCloseTo(first + 10, 1);
  });

  test("ends with a webhook, which a mail that came back is not", async () => {
    await sent({ channel: "resend" });
    await db.deliveryReport.create({ data: { id: "return:x", receivedAt: new Date() } });
    expect(await silence()).toBeGreaterThan(90);
    await db.deliveryReport.create({ data: { id: "resend:x", receivedAt: new Date() } });
    expect(await silence()).toBeCloseTo(10, 0);
  });

  test("is said of nobody who is not to speak", async () => {
    set({ RESEND_WEBHOOK_SECRET: "" });
    await sent({ channel: "resend" });
    expect(await silence()).toBeUndefined();
  });
});

test("a canary that has never come to an end is one whose last sign-in ended long ago", async () => {
  const ended = () => sampleOf("portaria_canary_end_timestamp_seconds");
  expect(await ended()).toBeUndefined();
  set({ CANARY_EMAIL: "canary@example.com", CANARY_INBOX: "imaps://canary:secret@mail.example" });
  await db.canaryRun.create({ data: { beganAt: new Date(), step: "mail" } });
  vi.setSystemTime(Date.now() + 10_000);
  expect(await ended()).toBe(0);
});

test("the database is asked once in ten seconds, however many ask", async () => {
  const before = await readMetrics();
  await enqueueMail(db, notice());
  expect((await readMetrics()).queue).toEqual(before.queue);
  vi.setSystemTime(Date.now() + 10_000);
  expect((await readMetrics()).queue).not.toEqual(before.queue);
});
