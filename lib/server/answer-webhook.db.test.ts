import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { enqueueMail } from "@/lib/mail/outbox";
import { markSent } from "@/lib/mail/store";
import { RESEND_WEBHOOK_PATH } from "@/lib/server/answer-webhook";
import { testDatabase } from "@/lib/testing/database";
import { type GateUnderTest, startGate } from "@/lib/testing/gate";
import { mayBeLogged } from "@/lib/testing/logged";
import { notice } from "@/lib/testing/mails";
import {
  mailEvent,
  type SignedWebhook,
  webhookOf,
  webhookSecret,
} from "@/lib/testing/resend-webhook";

testDatabase();

let gate: GateUnderTest;
beforeAll(async () => {
  gate = await startGate(async (_, res) => void res.writeHead(500).end());
});
afterAll(() => gate.stop());

function setSecret(secret: string): void {
  process.env.RESEND_WEBHOOK_SECRET = secret;
  resetEnvironment();
}
beforeEach(() => setSecret(webhookSecret));
afterEach(() => setSecret(""));

const post = ({ body, headers }: SignedWebhook) =>
  gate.send("POST", RESEND_WEBHOOK_PATH, headers, body);

async function sentMail() {
  const id = await enqueueMail(db, notice());
  const providerId = randomUUID();
  await markSent({ id, channel: "resend", providerId, sentAt: new Date() });
  return { id, providerId };
}

const statesOf = async (mailId: string) =>
  (await db.mailChange.findMany({ where: { mailId } })).map(({ state }) => state).sort();

test.each([
  ["email.sent", {}, ["accepted"]],
  ["email.delivered", {}, ["accepted", "delivered"]],
  ["email.delivery_delayed", {}, ["accepted", "delayed"]],
  [
    "email.bounced",
    { bounce: { type: "Permanent", subType: "General", message: "gone" } },
    ["accepted", "refused"],
  ],
  ["email.failed", { failed: { reason: "reached_daily_quota" } }, ["accepted", "refused"]],
  ["email.complained", {}, ["accepted", "suppressed"]],
  [
    "email.suppressed",
    { suppressed: { message: "on the list", type: "x" } },
    ["accepted", "suppressed"],
  ],
  ["email.opened", {}, ["accepted"]],
  ["email.of_tomorrow", {}, ["accepted"]],
  ["email.bounced", { bounce: 7 }, ["accepted", "refused"]],
] as const)("%s with %j leads to %j", async (type, more, states) => {
  const mail = await sentMail();
  const answer = await post(webhookOf(mailEvent(type, { providerId: mail.providerId }, more)));
  expect(answer.status).toBe(200);
  expect(await statesOf(mail.id)).toEqual(states);
});

test("without a secret there is no such address", async () => {
  setSecret("");
  expect((await post(webhookOf(mailEvent("email.sent", { providerId: "x" })))).status).toBe(404);
});

test.each<[string, (signed: SignedWebhook) => SignedWebhook]>([
  ["another body", (signed) => ({ ...signed, body: signed.body.replace("delivered", "bounced") })],
  ["no signature", ({ body }) => ({ body, headers: { "content-type": "application/json" } })],
  [
    "another id",
    ({ body, headers }) => ({ body, headers: { ...headers, "svix-id": "msg_other" } }),
  ],
  [
    "another secret",
    ({ body }) => webhookOf(body, { secret: `whsec_${btoa("another secret of 24 bytes!")}` }),
  ],
  ["six minutes ago", ({ body }) => webhookOf(body, { at: new Date(Date.now() - 360_000) })],
  ["in six minutes", ({ body }) => webhookOf(body, { at: new Date(Date.now() + 360_000) })],
])("forged or stale is 401 and changes nothing: %s", async (_, forge) => {
  mayBeLogged(/A webhook was refused/);
  const mail = await sentMail();
  const answer = await post(forge(webhookOf(mailEvent("email.delivered", mail))));
  expect(answer.status).toBe(401);
  expect(await statesOf(mail.id)).toEqual(["accepted"]);
});

test("a webhook four minutes old is taken, with the event's own time of a day ago", async () => {
  const mail = await sentMail();
  const yesterday = new Date(Date.now() - 86_400_000);
  const event = mailEvent("email.delivered", mail, {}, yesterday);
  expect((await post(webhookOf(event, { at: new Date(Date.now() - 240_000) }))).status).toBe(200);
  expect(await statesOf(mail.id)).toEqual(["accepted", "delivered"]);
});

test.each(["{", "[]", "null", "{}", '{"type":"email.sent"}', "7"])(
  "a signed body that says nothing is 200: %s",
  async (body) => {
    expect((await post(webhookOf(body))).status).toBe(200);
  },
);

test("a mail that nobody knows is 200", async () => {
  const event = mailEvent("email.delivered", { id: randomUUID(), providerId: "unknown" });
  expect((await post(webhookOf(event))).status).toBe(200);
});

test("more than 256 KiB is 413, announced or not; just that much is read", async () => {
  const { headers } = webhookOf("x");
  const much = "x".repeat(256 * 1024 + 1);
  expect((await post({ headers, body: much })).status).toBe(413);
  const chunked = { ...headers, "transfer-encoding": "chunked" };
  const inChunks = `${much.length.toString(16)}\r\n${much}\r\n0\r\n\r\n`;
  expect((await post({ headers: chunked, body: inChunks })).status).toBe(413);
  const event = mailEvent("email.opened", { providerId: "x" });
  const padded = JSON.stringify(event).padEnd(256 * 1024, " ");
  expect((await post(webhookOf(padded))).status).toBe(200);
});

test("whatever is not POST is 405", async () => {
  const answer = await gate.send("GET", RESEND_WEBHOOK_PATH);
  expect([answer.status, answer.headers.allow]).toEqual([405, "POST"]);
});

test("an answer has the headers that every answer has", async () => {
  const { headers } = await post(webhookOf(mailEvent("email.opened", { providerId: "x" })));
  expect(headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
});

test("the same webhook ten times at once, and once more, counts once", async () => {
  const mail = await sentMail();
  const signed = webhookOf(
    mailEvent("email.bounced", mail, {
      bounce: { type: "Transient", subType: "MailboxFull", message: "full" },
    }),
  );
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(signed)));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
  const bodies = answers.map(({ body }) => JSON.parse(body).status);
  expect(bodies.filter((status) => status === "taken")).toHaveLength(1);
  const [refused] = await db.mailChange.findMany({ where: { mailId: mail.id, state: "refused" } });
  expect(refused?.reason).toBe("full");
});

test("a webhook that comes before the answer of its sending settles the mail", async () => {
  const id = await enqueueMail(db, notice());
  const event = mailEvent("email.delivered", { id, providerId: "early" });
  expect((await post(webhookOf(event))).status).toBe(200);
  expect(await db.mail.findUniqueOrThrow({ where: { id } })).toMatchObject({
    state: "sent",
    providerId: "early",
  });
});
