import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { enqueueMail } from "@/lib/mail/outbox";
import { markSent } from "@/lib/mail/store";
import { RESEND_WEBHOOK_PATH } from "@/lib/server/answer-webhook";
import { LARGE_BODIES_OF_ONE_NETWORK } from "@/lib/server/gate/body";
import { testDatabase } from "@/lib/testing/database";
import { type GateUnderTest, parseAnswer, startGate } from "@/lib/testing/gate";
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
  gate = await startGate(async (_, res) => void res.writeHead(200).end("a page"));
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

const KiB = 1024;

/** Sends the head of a webhook from nobody and some of its body, and keeps the rest back. */
async function sendSlowly(headers: string, body: string) {
  const socket = await gate.open();
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk)).on("error", () => undefined);
  const host = `Host: localhost:${gate.port}`;
  socket.write(`POST ${RESEND_WEBHOOK_PATH} HTTP/1.1\r\n${host}\r\n${headers}\r\n\r\n${body}`);
  const answer = () =>
    chunks.length === 0 ? null : parseAnswer(Buffer.concat(chunks).toString("utf8"));
  return { socket, answer };
}

test.each([
  ["announced", `Content-Length: ${200 * KiB}`, "x"],
  [
    "in chunks",
    "Transfer-Encoding: chunked",
    `${(70 * KiB).toString(16)}\r\n${"x".repeat(70 * KiB)}\r\n`,
  ],
])(
  "of 40 slow bodies of 200 KiB, %s, a few are waited for, and the others come again",
  async (_, headers, begun) => {
    const sent: Awaited<ReturnType<typeof sendSlowly>>[] = [];
    for (let count = 0; count < 40; count += 1) sent.push(await sendSlowly(headers, begun));
    const answers = () => sent.flatMap(({ answer }) => answer() ?? []);
    await vi.waitFor(
      () => expect(answers()).toHaveLength(40 - LARGE_BODIES_OF_ONE_NETWORK),
      10_000,
    );
    for (const { status, headers: said } of answers()) {
      expect([status, said["retry-after"]]).toEqual([503, "10"]);
    }
    // A webhook as Resend sends it takes none of that room.
    const mail = await sentMail();
    expect((await post(webhookOf(mailEvent("email.delivered", mail)))).status).toBe(200);
    for (const { socket } of sent) socket.destroy();
    const large = JSON.stringify(mailEvent("email.opened", { providerId: "x" })).padEnd(100 * KiB);
    await vi.waitFor(async () => expect((await post(webhookOf(large))).status).toBe(200), 10_000);
  },
);

// As many as the issue of a flood names are for a look of one's own: WEBHOOKS=10000.
const WEBHOOKS = Number(process.env.WEBHOOKS ?? 300);

test(`${WEBHOOKS} webhooks in a burst are all taken, each once, and pages are served meanwhile`, {
  timeout: 60_000 + WEBHOOKS * 60,
}, async () => {
  const mails = await Promise.all(Array.from({ length: 20 }, sentMail));
  const states = ["email.delivery_delayed", "email.delivered"];
  const burst = Array.from({ length: WEBHOOKS }, (_, index) => {
    const mail = mails[index % mails.length];
    const type = states[Math.floor(index / mails.length) % states.length] ?? "email.delivered";
    return webhookOf(mailEvent(type, mail ?? { providerId: "x" }));
  });
  const taken: string[] = [];
  const answered = burst.map(async (signed) => {
    const { status, body } = await post(signed);
    expect(status).toBe(200);
    taken.push(JSON.parse(body).status);
  });
  // While most of them wait for each other, whoever asks for a page waits for none.
  await vi.waitFor(() => expect(taken.length).toBeGreaterThan(0), 20_000);
  const page = await gate.send("GET", "/login");
  const before = taken.length;
  expect([page.status, page.body]).toEqual([200, expect.stringContaining("a page")]);
  expect(before).toBeLessThan(WEBHOOKS);
  await Promise.all(answered);
  expect(taken.filter((outcome) => outcome === "taken")).toHaveLength(WEBHOOKS);
  for (const { id } of mails) {
    expect(await statesOf(id)).toEqual(["accepted", "delayed", "delivered"]);
  }
  expect(await db.deliveryReport.count()).toBeGreaterThanOrEqual(WEBHOOKS);
});
