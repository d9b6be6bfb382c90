import { afterEach, beforeEach, expect, test } from "vitest";
import { type FailMode, type FakeResend, startFakeResend } from "@/e2e/support/fake-resend";
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
  fake.letGo();
  await fake.close();
});

async function refusal(signal = noLimit(), message = sampleMessage): Promise<MailRefused> {
  const thrown = await resendTransport("re_x")(message, signal).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(MailRefused);
  return thrown as MailRefused;
}

/** A limit that ends once Resend was asked. */
function onceAsked(): AbortSignal {
  const limit = new AbortController();
  const timer = setInterval(() => {
    if (fake.requests().length === 0) return;
    clearInterval(timer);
    limit.abort();
  }, 5);
  return limit.signal;
}

test.each<[FailMode, "unknown" | "not-taken", number]>([
  ["hang", "unknown", 0],
  ["half", "unknown", 1],
  ["late", "unknown", 1],
])("a wait that ends on mode %s leaves the fate %s", async (mode, fate, taken) => {
  fake.fail(mode);
  expect(await refusal(onceAsked())).toMatchObject({ fate, message: "no answer in time" });
  expect(fake.mails()).toHaveLength(taken);
});

test.each<[FailMode, "unknown" | "not-taken", string]>([
  ["lost", "unknown", "again"],
  ["cut", "unknown", "again"],
  ["502", "unknown", "again"],
  ["false-ok", "unknown", "again"],
  ["500", "unknown", "again"],
  ["no-key", "not-taken", "again"],
  ["429", "not-taken", "throttled"],
  ["refuse", "not-taken", "final"],
])("an answer of mode %s leaves the fate %s and means %s", async (mode, fate, meaning) => {
  fake.fail(mode);
  expect(await refusal()).toMatchObject({ fate, meaning, channel: "resend" });
});

test("a mail whose connection was refused has not left", async () => {
  await fake.close();
  expect(await refusal()).toMatchObject({ fate: "not-taken", meaning: "again" });
});

test("what is said of a key that is being worked on says nothing of the mail", async () => {
  const body = { statusCode: 409, name: "concurrent_idempotent_requests", message: "Wait." };
  fake.answerWith(() => ({ status: 409, body }));
  expect(await refusal()).toMatchObject({ fate: "unknown", meaning: "again" });
});

test.each<FailMode>(["half", "lost", "late"])(
  "a mail that was taken although mode %s lost the answer is taken once",
  async (mode) => {
    fake.fail({ mode, times: 1 });
    await refusal(mode === "lost" ? noLimit() : onceAsked());
    const sent = await resendTransport("re_x")(sampleMessage, noLimit());
    expect(fake.mails().map(({ id }) => id)).toEqual([sent.providerId]);
  },
);

test("a key that was used for another mail says that this one was taken before", async () => {
  fake.fail({ mode: "lost", times: 1 });
  await refusal();
  const reworded = { ...sampleMessage, text: "Other words" };
  expect(await resendTransport("re_x")(reworded, noLimit())).toMatchObject({ providerId: null });
  expect(fake.mails()).toHaveLength(1);
});
