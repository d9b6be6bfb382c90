import { afterEach, beforeEach, expect, test } from "vitest";
import { type FakeResend, startFakeResend } from "@/e2e/support/fake-resend";
import { resendTransport } from "@/lib/mail/transports/resend";
import { MailRefused } from "@/lib/mail/transports/transport";
import { noLimit, sampleMessage } from "@/lib/testing/mail-message";

let fake: FakeResend;

beforeEach(async () => {
  fake = await startFakeResend();
  process.env.RESEND_BASE_URL = fake.url;
});

afterEach(async () => {
  delete process.env.RESEND_BASE_URL;
  await fake.close();
});

const send = (message = sampleMessage, signal = noLimit()) =>
  resendTransport("re_secret_key")(message, signal);

const refusal = async (sending: Promise<unknown>) => {
  const error = await sending.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(MailRefused);
  return error as MailRefused;
};

test("a mail arrives with both bodies, its sender quoted, and its id as Idempotency-Key", async () => {
  const { providerId } = await send();
  expect(fake.mails()).toEqual([
    {
      id: providerId,
      idempotencyKey: sampleMessage.id,
      from: '"Casa, Host" <no-reply@host.example>',
      to: ["maria@example.com"],
      subject: sampleMessage.subject,
      html: sampleMessage.html,
      text: sampleMessage.text,
      headers: {
        "Message-ID": `<${sampleMessage.id}@host.example>`,
        "Auto-Submitted": "auto-generated",
        "Feedback-ID": "sign-in-code:portaria:portaria",
      },
      tags: [{ name: "mail", value: sampleMessage.id }],
    },
  ]);
});

test("a mail sent twice is taken once", async () => {
  const first = await send();
  expect(await send()).toEqual(first);
  expect(fake.mails()).toHaveLength(1);
});

test.each([
  ["500", "500"],
  ["429", "429"],
  ["refuse", "422"],
] as const)(
  "an answer of mode %s is a refusal that names its status and no key",
  async (mode, status) => {
    fake.fail(mode);
    const { message } = await refusal(send());
    expect(message).toContain(status);
    expect(message).not.toContain("re_secret_key");
    expect(fake.mails()).toHaveLength(0);
  },
);

test("Retry-After is passed on", async () => {
  fake.fail({ mode: "429", retryAfter: 17 });
  expect((await refusal(send())).retryAfterSeconds).toBe(17);
});

test("a cut connection and a server that is away are refusals", async () => {
  fake.fail("cut");
  await refusal(send());
  await fake.close();
  await refusal(send());
});

test("a server that hangs is waited for until the limit and no longer", async () => {
  fake.fail("hang");
  const limit = new AbortController();
  const sending = refusal(send(sampleMessage, limit.signal));
  limit.abort();
  expect((await sending).message).toBe("no answer in time");
});

test("nothing is asked of Resend for a recipient that is not one plain address", async () => {
  await refusal(send({ ...sampleMessage, to: "a@example.com, b@example.com" }));
  expect(fake.requests()).toEqual([]);
});

test.each([
  [422, "validation_error", "The recipient is not valid.", "final"],
  [422, "validation_error", "Invalid `to` field. The email address needs to follow…", "final"],
  [422, "validation_error", "Invalid `from` field. The email address needs to follow…", "again"],
  [403, "validation_error", "The host.example domain is not verified.", "again"],
  [403, "validation_error", "You can only send testing emails to your own email address.", "again"],
  [401, "restricted_api_key", "This API key is restricted.", "again"],
  [422, "missing_required_field", "Missing `subject` field.", "again"],
  [429, "rate_limit_exceeded", "Too many requests.", "throttled"],
  [500, "internal_server_error", "Something went wrong.", "again"],
  [503, "service_unavailable", "Not now.", "again"],
])("an answer of %i %s: %s means %s", async (status, name, message, meaning) => {
  fake.answerWith(() => ({ status, body: { statusCode: status, name, message } }));
  expect((await refusal(send())).meaning).toBe(meaning);
});

test("a mail that was taken before, with other words, is sent", async () => {
  await send();
  const reworded = { ...sampleMessage, subject: "Other words" };
  expect(await send(reworded)).toEqual({ channel: "resend", providerId: null });
  expect(fake.mails()).toHaveLength(1);
});

test("a 503 with Retry-After pauses like a 429; a date counts from now", async () => {
  const later = new Date(Date.now() + 600_000).toUTCString();
  fake.answerWith(() => ({
    status: 503,
    body: { statusCode: 503, name: "service_unavailable", message: "Not now." },
    headers: { "retry-after": later },
  }));
  const { meaning, retryAfterSeconds } = await refusal(send());
  expect(meaning).toBe("throttled");
  expect(retryAfterSeconds).toBeGreaterThan(500);
  expect(retryAfterSeconds).toBeLessThanOrEqual(600);
});
