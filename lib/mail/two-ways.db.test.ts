import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FailMode, FakeResend } from "@/e2e/support/fake-resend";
import { db } from "@/lib/db/client";
import { locales } from "@/lib/i18n/locales";
import { type Claims, openClaims } from "@/lib/mail/claims";
import { mailCopy } from "@/lib/mail/mail-copy";
import { openSending } from "@/lib/mail/open-sending";
import { enqueueMail } from "@/lib/mail/outbox";
import { pauseChannel } from "@/lib/mail/pace-store";
import { secondCopyOf } from "@/lib/mail/second-copy";
import { MailRefused } from "@/lib/mail/transports/transport";
import { openWays } from "@/lib/mail/ways";
import { codeOf } from "@/lib/secrets/code";
import { testDatabase } from "@/lib/testing/database";
import { expectLogged } from "@/lib/testing/logged";
import { enqueueCodeMail, notice, recordingTransport } from "@/lib/testing/mails";
import { closeTwoWays, openTwoWays, takeAndDeliver, twoWays } from "@/lib/testing/two-ways";

const databaseUrl = testDatabase();
let fake: FakeResend;
let claims: Claims;

beforeEach(async () => {
  ({ fake, claims } = await openTwoWays(databaseUrl()));
});

afterEach(() => closeTwoWays({ fake, claims }));

const row = (id: string) => db.mail.findUniqueOrThrow({ where: { id } });
const note = mailCopy.en.shared.secondCopyOfCode;

/** An SMTP server that notes what it is given, and does as it is asked to. */
function sceneOf(behave?: (message: { id: string }) => Promise<void>) {
  const smtp = recordingTransport(behave);
  const transport = async (message: Parameters<typeof smtp.transport>[0]) => ({
    ...(await smtp.transport(message)),
    channel: "smtp",
  });
  return { smtp, ways: openWays(twoWays(transport)) };
}

test("without a fault a mail leaves by the first way, and no other is asked", async () => {
  const { smtp, ways } = sceneOf();
  const { mailId } = await enqueueCodeMail();
  expect(await takeAndDeliver(mailId, { claims, ways })).toBe("sent");
  expect(smtp.tried).toEqual([]);
  expect(await row(mailId)).toMatchObject({ channel: "resend", unsureChannels: [] });
});

test.each<FailMode>(["no-key", "429"])(
  "one that the first did not take, %s, leaves by the next in the same try, without a note",
  async (mode) => {
    expectLogged(/A mail goes by the next way out/);
    const { smtp, ways } = sceneOf();
    fake.fail(mode);
    const { mailId } = await enqueueCodeMail();
    expect(await takeAndDeliver(mailId, { claims, ways })).toBe("sent");
    expect(smtp.taken.map(({ text }) => text.includes(note))).toEqual([false]);
    expect(await row(mailId)).toMatchObject({ channel: "smtp", attempts: 1, unsureChannels: [] });
  },
);

test.each<FailMode>(["500", "lost", "cut", "half", "hang"])(
  "one whose fate at the first is unknown, %s, leaves by the next with the same code and a note",
  async (mode) => {
    expectLogged(/A mail goes by the next way out/);
    const limits = vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
      const limit = new AbortController();
      const asked = setInterval(() => {
        if (ms !== 5_000 || fake.requests().length === 0) return;
        clearInterval(asked);
        limit.abort();
      }, 5);
      setTimeout(() => clearInterval(asked), 2_000);
      return limit.signal;
    });
    const noted: string[][] = [];
    const { smtp, ways } = sceneOf(async ({ id }) => {
      noted.push((await row(id)).unsureChannels);
    });
    fake.fail(mode);
    const { mailId, challenge } = await enqueueCodeMail();
    expect(await takeAndDeliver(mailId, { claims, ways })).toBe("sent");
    expect(limits.mock.calls[0]).toEqual([5_000]);
    expect(limits.mock.calls[1]?.[0]).toBeLessThanOrEqual(10_000);
    limits.mockRestore();
    const [copy] = smtp.taken;
    const lines = copy?.text.split("\n") ?? [];
    expect(lines).toContain(codeOf(challenge));
    expect(lines.at(-1)).toBe(note);
    expect(copy?.html).toContain(note);
    // Before it was handed to the next, the row said that both may have it.
    expect(noted).toEqual([["resend", "smtp"]]);
    expect(await row(mailId)).toMatchObject({ channel: "smtp", unsureChannels: ["resend"] });
  },
);

test("what its recipient's side never takes ends at the first", async () => {
  expectLogged(/refused for good/);
  const { smtp, ways } = sceneOf();
  fake.fail("refuse");
  const mailId = await enqueueMail(db, notice());
  expect(await takeAndDeliver(mailId, { claims, ways })).toBe("refused");
  expect(smtp.tried).toEqual([]);
});

test("a retry asks the way again that knows repeats, with the same bytes, and the other at most once", async () => {
  expectLogged(/A mail goes by the next way out/, /A mail was not taken and is tried again/);
  const { smtp, ways } = sceneOf(async () => {
    throw new MailRefused("the connection broke off", { fate: "unknown" });
  });
  fake.fail({ mode: "lost", times: 1 });
  const { mailId, email } = await enqueueCodeMail();
  expect(await takeAndDeliver(mailId, { claims, ways })).toBe("put-off");
  expect((await row(mailId)).unsureChannels).toEqual(["resend", "smtp"]);
  expect(await takeAndDeliver(mailId, { claims, ways })).toBe("sent");
  // Not refused as another mail with its key: the fake compares.
  expect(fake.mails(email).map(({ text }) => text.includes(note))).toEqual([false]);
  expect(fake.requests()).toEqual([mailId, mailId]);
  expect(smtp.tried).toHaveLength(1);
});

test("what a process had in hand that was killed says that it may come twice, where that can be", async () => {
  const killed = openClaims(databaseUrl());
  const ask = {
    pace: { channel: "smtp", intervalMs: 1, keepsSlotFree: false },
    most: 1,
    spare: 0,
    isForLongWait: false,
  };
  const { mailId } = await enqueueCodeMail();
  expect((await killed.take({ ...ask, except: [] })).mails).toHaveLength(1);
  await killed.close();
  const { smtp, ways } = sceneOf();
  expect(await takeAndDeliver(mailId, { claims, ways })).toBe("sent");
  expect(smtp.tried).toEqual([]);
  expect(fake.mails().map(({ text }) => text.endsWith(note))).toEqual([true]);
});

test("one that Resend was asked for by a killed process is asked for again as it was", async () => {
  const killed = openClaims(databaseUrl());
  const ask = {
    pace: { channel: "resend", intervalMs: 1, keepsSlotFree: false },
    most: 1,
    spare: 0,
    except: [],
  };
  const { mailId } = await enqueueCodeMail();
  await killed.take({ ...ask, isForLongWait: false });
  await killed.close();
  const { ways } = sceneOf();
  expect(await takeAndDeliver(mailId, { claims, ways })).toBe("sent");
  expect(fake.mails().map(({ text }) => text.includes(note))).toEqual([false]);
});

test("three mails that fail open the way: the next asks the other at once, and others are shown so", async () => {
  expectLogged(/A mail goes by the next way out/, /A way out fails: it is left alone/);
  const { smtp, ways } = sceneOf();
  fake.fail("500");
  for (let count = 0; count < 5; count += 1) {
    const mailId = await enqueueMail(db, notice());
    expect(await takeAndDeliver(mailId, { claims, ways })).toBe("sent");
  }
  expect([fake.requests().length, smtp.taken.length]).toEqual([3, 5]);
  expect(ways.inUse()).toMatchObject({ way: { name: "smtp" }, isTrial: false });
  const { openUntil } = await db.mailPace.findUniqueOrThrow({ where: { channel: "resend" } });
  expect(openUntil?.getTime()).toBeGreaterThan(Date.now());
});

test("mails that are greylisted at the next way do not open it", async () => {
  expectLogged(/A mail goes by the next way out/, /A mail was not taken and is tried again/);
  const { smtp, ways } = sceneOf(async () => {
    throw new MailRefused("451 Greylisted", { isOfRecipient: true });
  });
  fake.fail("429");
  for (let count = 0; count < 5; count += 1) {
    const mailId = await enqueueMail(db, notice());
    expect(await takeAndDeliver(mailId, { claims, ways })).toBe("put-off");
  }
  expect(smtp.tried).toHaveLength(5);
  expect(await db.mailPace.count({ where: { openUntil: { not: null } } })).toBe(0);
});

test("going on takes a slot of the next way: a notice waits for none, a code for a moment, nobody for a pause", async () => {
  expectLogged(/A mail goes by the next way out/, /A mail was not taken and is tried again/);
  expectLogged(/A way out fails: it is left alone/);
  const { smtp, ways } = sceneOf();
  fake.fail({ mode: "500", times: 2 });
  const ahead = () => db.$executeRaw`
    UPDATE mail_pace SET next_slot_at = clock_timestamp() + interval '400 ms' WHERE channel = 'smtp'`;
  const noticeId = await enqueueMail(db, notice());
  const { mailId: codeId } = await enqueueCodeMail();
  const given = { claims, ways, onTaken: ahead };
  expect(await takeAndDeliver(noticeId, given)).toBe("put-off");
  expect(smtp.tried).toEqual([]);
  await claims.release(codeId);
  expect(await takeAndDeliver(codeId, given)).toBe("sent");
  expect(smtp.taken.map(({ id }) => id)).toEqual([codeId]);
  fake.fail("500");
  const { mailId: paused } = await enqueueCodeMail();
  const onTaken = () => pauseChannel("smtp", 60);
  expect(await takeAndDeliver(paused, { claims, ways, onTaken })).toBe("put-off");
  expect(smtp.tried).toHaveLength(1);
});

const patience = { timeout: 25_000, interval: 20 };

test("of both ways each keeps its own pace, and a 429 of one moves all to the other", async () => {
  expectLogged(/A mail goes by the next way out/);
  const smtp = recordingTransport();
  const ways = twoWays(
    async (message) => ({ ...(await smtp.transport(message)), channel: "smtp" }),
    20,
  );
  fake.fail({ mode: "429", retryAfter: 60 });
  const [{ begun }] = await db.$queryRaw<[{ begun: Date }]>`SELECT clock_timestamp() AS begun`;
  const ids = await Promise.all(Array.from({ length: 30 }, () => enqueueCodeMail()));
  const sending = openSending(databaseUrl(), { ways });
  await vi.waitFor(
    async () => expect(await db.mail.count({ where: { state: "sent" } })).toBe(ids.length),
    patience,
  );
  await sending.stop();
  expect(smtp.taken).toHaveLength(30);
  // Those that were on their way when the first was asked to wait, and none after.
  expect(fake.requests().length).toBeLessThan(10);
  const pace = await db.mailPace.findUniqueOrThrow({ where: { channel: "smtp" } });
  expect(Number(pace.slots)).toBe(30);
  expect(pace.nextSlotAt.getTime() - begun.getTime()).toBeGreaterThan((30 * 1000) / 20);
});

test.each(locales)("in %s a second copy ends by saying so, and is otherwise the mail", (locale) => {
  const mail = { subject: "s", html: "<body><p>a</p><p>last</p></body>", text: "a\n\nlast" };
  for (const hasCode of [true, false]) {
    const { secondCopy, secondCopyOfCode } = mailCopy[locale].shared;
    const words = hasCode ? secondCopyOfCode : secondCopy;
    const copy = secondCopyOf(mail, { locale, hasCode });
    expect(copy.text).toBe(`${mail.text}\n\n${words}`);
    expect(copy.html).toContain(`<p>last</p><p class="m-quiet"`);
    expect(copy.html).toContain(words.replaceAll("'", "&#39;").slice(0, 20));
    expect(words).not.toMatch(/\d/);
  }
});
