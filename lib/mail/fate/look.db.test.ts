import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { FakeResend } from "@/e2e/support/fake-resend";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { lookOnce } from "@/lib/mail/fate/look";
import { takeReport } from "@/lib/mail/fate/take-report";
import { markSent } from "@/lib/mail/store";
import { resendTransport } from "@/lib/mail/transports/resend";
import { startAskedResend, stopAskedResend } from "@/lib/testing/asked-resend";
import { testDatabase } from "@/lib/testing/database";
import { noLimit, sampleMessage } from "@/lib/testing/mail-message";
import { enqueueCodeMail } from "@/lib/testing/mails";

testDatabase();

let fake: FakeResend;

beforeAll(async () => {
  fake = await startAskedResend();
});

afterAll(() => stopAskedResend(fake));

beforeEach(async () => {
  await db.mail.deleteMany();
  fake.answerOthersWith(() => null);
  await openPace();
});

const openPace = () =>
  db.mailPace.update({
    where: { channel: "resend" },
    data: { nextSlotAt: new Date(0), pausedUntil: null },
  });

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

/** A mail with a code that Resend took so long ago and has said nothing of. */
async function silentMail(seconds = 21) {
  const { mailId: id, challenge } = await enqueueCodeMail();
  const challengeId = challenge.id;
  const { recipient: to } = await db.mail.findUniqueOrThrow({ where: { id } });
  const { providerId } = await resendTransport("re_of_a_test")(
    { ...sampleMessage, id, to },
    noLimit(),
  );
  await markSent({ id, channel: "resend", providerId, sentAt: ago(seconds) });
  return { id, challengeId, providerId: providerId ?? "" };
}

const asked = () => fake.others().length;

const changesOf = async (id: string) => {
  const changes = await db.mailChange.findMany({ where: { mailId: id, source: "look" } });
  return changes.map(({ state }) => state);
};

test.each([
  ["delivered", ["delivered"]],
  ["opened", ["delivered"]],
  ["clicked", ["delivered"]],
  ["delivery_delayed", ["delayed"]],
  ["bounced", ["refused"]],
  ["failed", ["refused"]],
  ["complained", ["suppressed"]],
  ["suppressed", ["suppressed"]],
  ["sent", []],
  ["queued", []],
  ["something of tomorrow", []],
])("Resend says %s where it is asked: %j is noted, and it is asked once", async (event, noted) => {
  const before = asked();
  const { id, providerId } = await silentMail();
  fake.happened(providerId, event);
  expect(await lookOnce()).toBe("asked");
  expect(await changesOf(id)).toEqual(noted);
  await openPace();
  expect(await lookOnce()).toBe("nothing");
  expect(asked()).toBe(before + 1);
});

test.each<[string, () => Promise<unknown>]>([
  ["a mail that left 19 seconds ago", () => silentMail(19)],
  [
    "a mail whose code was typed",
    async () => {
      const { challengeId: id } = await silentMail();
      await db.challenge.update({ where: { id }, data: { endedAt: new Date() } });
    },
  ],
  [
    "a mail whose code has expired",
    async () => {
      const { challengeId: id } = await silentMail();
      await db.challenge.update({ where: { id }, data: { expiresAt: new Date() } });
    },
  ],
  [
    "a mail that another way took",
    async () => {
      const { id } = await silentMail();
      await db.mail.update({ where: { id }, data: { channel: "smtp" } });
    },
  ],
  [
    "a mail of which a webhook spoke",
    async () => {
      const { id } = await silentMail();
      await takeReport({
        id: `resend:${id}`,
        mail: { id },
        state: "delivered",
        at: new Date(),
        source: "webhook",
        channel: "resend",
        reason: null,
        status: null,
        words: null,
        marks: null,
      });
    },
  ],
])("nobody asks about %s", async (_, make) => {
  const before = asked();
  await make();
  expect(await lookOnce()).toBe("nothing");
  expect(asked()).toBe(before);
});

test.each([
  ["an error", { status: 500, body: { statusCode: 500, name: "application_error", message: "" } }],
  ["no JSON", { status: 200, body: "<html>" }],
  ["200 with an error in it", { status: 200, body: { error: "no" } }],
  ["another mail", { status: 200, body: { id: "another", last_event: "complained" } }],
  ["nothing known", { status: 404, body: { statusCode: 404, name: "not_found", message: "" } }],
  ["that it is not served", "cut" as const],
])("a provider that answers with %s changes nothing, and is not asked again", async (_, said) => {
  const { id } = await silentMail();
  fake.answerOthersWith(() => said);
  expect(await lookOnce()).toBe("asked");
  expect(await db.mailChange.count({ where: { mailId: id } })).toBe(1);
  expect(await db.markedAddress.count()).toBe(
    await db.markedAddress.count({ where: { mailId: { not: id } } }),
  );
  await openPace();
  expect(await lookOnce()).toBe("nothing");
});

test("a provider that hangs is waited for for five seconds, and changes nothing", async () => {
  const { id } = await silentMail();
  fake.answerOthersWith(() => "hang");
  expect(await lookOnce()).toBe("asked");
  expect(await db.mailChange.count({ where: { mailId: id } })).toBe(1);
}, 20_000);

test("a provider that has too much is left alone as long as it says", async () => {
  await silentMail();
  const body = { statusCode: 429, name: "rate_limit_exceeded", message: "Too many requests." };
  fake.answerOthersWith(() => ({ status: 429, body, headers: { "retry-after": "60" } }));
  await lookOnce();
  const { pausedUntil } = await db.mailPace.findUniqueOrThrow({ where: { channel: "resend" } });
  expect(pausedUntil?.getTime()).toBeGreaterThan(Date.now() + 30_000);
  await silentMail();
  expect(await lookOnce()).toBe("nothing");
});

test("asking takes a slot of the provider's pace, and waits for one", async () => {
  process.env.EMAIL_PER_SECOND = "1";
  resetEnvironment();
  await silentMail();
  await silentMail();
  expect(await lookOnce()).toBe("asked");
  expect(await lookOnce()).toBe("nothing");
  const { nextSlotAt } = await db.mailPace.findUniqueOrThrow({ where: { channel: "resend" } });
  expect(nextSlotAt.getTime()).toBeGreaterThan(Date.now());
  await openPace();
  expect(await lookOnce()).toBe("asked");
  process.env.EMAIL_PER_SECOND = "1000";
  resetEnvironment();
});

test("whoever looks at the same moment, each mail is asked about once, in ten rounds", async () => {
  for (let round = 0; round < 10; round += 1) {
    const before = asked();
    const { id, providerId } = await silentMail();
    fake.happened(providerId, "delivered");
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => lookOnce()));
    expect(outcomes.filter((outcome) => outcome === "asked")).toHaveLength(1);
    expect(asked()).toBe(before + 1);
    expect(await changesOf(id)).toEqual(["delivered"]);
    await openPace();
  }
});
