import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FakeResend } from "@/e2e/support/fake-resend";
import { db } from "@/lib/db/client";
import { openBatch } from "@/lib/mail/batch";
import { type Claims, openClaims } from "@/lib/mail/claims";
import { deliverMail } from "@/lib/mail/deliver-mail";
import { takeReport } from "@/lib/mail/fate/take-report";
import { mailCopy } from "@/lib/mail/mail-copy";
import { openSending } from "@/lib/mail/open-sending";
import { enqueueMail } from "@/lib/mail/outbox";
import { pauseChannel, takeSlot } from "@/lib/mail/pace-store";
import { type MailMessage, MailRefused } from "@/lib/mail/transports/transport";
import { openWays, type Way } from "@/lib/mail/ways";
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

const patience = { timeout: 25_000, interval: 20 };
const row = (id: string) => db.mail.findUniqueOrThrow({ where: { id } });
const { secondCopyOfCode, secondCopy } = mailCopy.en.shared;

/** An SMTP server that notes what it is given, and does as it is asked to, beside Resend. */
function sceneOf(behave?: (message: MailMessage) => Promise<void>, perSecond?: number) {
  const smtp = recordingTransport(behave);
  const transport = async (message: MailMessage) => ({
    ...(await smtp.transport(message)),
    channel: "smtp",
  });
  const both = twoWays(transport, perSecond);
  return { smtp, both, ways: openWays(both) };
}

/** One that a process took for SMTP which was killed before it handed it over. */
async function takenByKilled() {
  const killed = openClaims(databaseUrl());
  const made = await enqueueCodeMail();
  await killed.take({
    ...{
      pace: { channel: "smtp", intervalMs: 1, keepsSlotFree: false },
      most: 1,
      spare: 0,
      isForLongWait: false,
    },
    except: [],
  });
  await killed.close();
  expect((await row(made.mailId)).unsureChannels).toEqual(["smtp"]);
  return made;
}

test("what a killed process had in hand goes by SMTP after all while Resend takes no mail", async () => {
  expectLogged(/A mail goes by the next way out/);
  fake.fail("no-key");
  const { mailId, challenge } = await takenByKilled();
  const { smtp, ways } = sceneOf();
  expect(await takeAndDeliver(mailId, { claims, ways })).toBe("sent");
  const [copy, ...more] = smtp.taken;
  expect(more).toEqual([]);
  expect(copy?.text.split("\n")).toContain(codeOf(challenge));
  expect(copy?.text.endsWith(secondCopyOfCode)).toBe(true);
  expect(await row(mailId)).toMatchObject({ channel: "smtp", unsureChannels: ["smtp"] });
});

test.each(["paused", "failing"])("and so it does while Resend is %s", async (is) => {
  if (is === "failing") expectLogged(/A way out fails: it is left alone/);
  const { smtp, ways, both } = sceneOf();
  const leaveAlone = async () => {
    if (is === "paused") return ways.pause(both[0], 3600);
    for (const id of ["a", "b", "c"]) await ways.heard(both[0], id, "failed");
  };
  const { mailId } = await takenByKilled();
  expect(await takeAndDeliver(mailId, { claims, ways, onTaken: leaveAlone })).toBe("sent");
  expect(fake.requests()).toEqual([]);
  expect(smtp.taken.map(({ text }) => text.endsWith(secondCopyOfCode))).toEqual([true]);
});

test("it waits for a slot of Resend's that is near, and for no pause that another process asked for", async () => {
  const { smtp, both } = sceneOf();
  const ways = openWays([both[1], both[0]]);
  const made = await takenByKilled();
  const near = () => db.$executeRaw`
    UPDATE mail_pace SET next_slot_at = clock_timestamp() + interval '5 s' WHERE channel = 'resend'`;
  const { mailId } = made;
  expect(await takeAndDeliver(mailId, { claims, ways, onTaken: near })).toBe("put-off");
  expect([smtp.tried, fake.requests(), await waits(mailId)]).toEqual([[], [], 1]);
  const onTaken = () => pauseChannel("resend", 3600);
  expect(await takeAndDeliver(mailId, { claims, ways, onTaken })).toBe("sent");
  expect([smtp.taken.length, fake.requests()]).toEqual([1, []]);
});

/** For how many seconds a mail waits. */
async function waits(mailId: string): Promise<number> {
  const [due] = await db.$queryRaw<{ seconds: number }[]>`
    SELECT extract(epoch FROM next_try_at - now())::float8 AS seconds FROM mail
    WHERE id = ${mailId}::uuid`;
  return Math.round(due?.seconds ?? Number.NaN);
}

test("where SMTP answers nothing, each copy waits longer; what a killed process had in hand is none", async () => {
  expectLogged(/A mail was not taken and is tried again/);
  const smtp = recordingTransport(async () => {
    throw new MailRefused("the connection broke off", { fate: "unknown" });
  });
  const alone: Way = { ...twoWays(smtp.transport)[1] };
  const ways = openWays([alone]);
  for (const make of [enqueueCodeMail, takenByKilled]) {
    const { mailId: id } = await make();
    const waited: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      expect(await takeAndDeliver(id, { claims, ways })).toBe("put-off");
      waited.push(await waits(id));
    }
    await db.mail.delete({ where: { id } });
    expect(waited).toEqual([5, 25, 125]);
  }
  expect(smtp.tried.map(({ text }) => text.endsWith(secondCopyOfCode))).toEqual([
    ...[false, true, true],
    ...[true, true, true],
  ]);
});

test("over SMTP alone it stays known that a mail that was taken in the end may have come twice", async () => {
  expectLogged(/A mail was not taken and is tried again/);
  let isSilent = true;
  const smtp = recordingTransport(async () => {
    if (isSilent) throw new MailRefused("the connection broke off", { fate: "unknown" });
  });
  const ways = openWays([twoWays(smtp.transport)[1]]);
  const { mailId } = await enqueueCodeMail();
  expect(await takeAndDeliver(mailId, { claims, ways })).toBe("put-off");
  isSilent = false;
  expect(await takeAndDeliver(mailId, { claims, ways })).toBe("sent");
  expect((await row(mailId)).unsureChannels).toEqual(["smtp"]);
});

test("notices that were gathered in one mail do not say that it may come twice, as this process took it first", async () => {
  const base = notice({ kind: "more-notices" });
  const { ip, browser, system, at } = base.facts;
  const items = [{ at, ip, browser, system }];
  const more = { kind: "new-browser" as const, count: 1, first: at, items };
  const mailId = await enqueueMail(db, { ...base, facts: { ...base.facts, more } });
  const { smtp, both } = sceneOf();
  const ways = openWays([both[1]]);
  expect(await takeAndDeliver(mailId, { claims, ways })).toBe("sent");
  expect(smtp.taken.map(({ text }) => text.includes(secondCopy))).toEqual([false]);
  expect((await row(mailId)).unsureChannels).toEqual([]);
});

test("a gathered mail that was settled meanwhile is not sent", async () => {
  const mailId = await enqueueMail(db, notice({ kind: "more-notices" }));
  const { smtp, ways } = sceneOf();
  const onTaken = () => db.mail.update({ where: { id: mailId }, data: { state: "dropped" } });
  expect(await takeAndDeliver(mailId, { claims, ways, onTaken })).toBe("settled");
  expect([smtp.tried, fake.requests()]).toEqual([[], []]);
});

/** Resend first, which asks each mail to wait for an hour once all that are to come at once are there. */
function hadTooMuch(count: number) {
  let asked = 0;
  let letGo: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return async () => {
    asked += 1;
    if (asked >= count) letGo();
    await all;
    throw new MailRefused("Resend answered 429", {
      ...{ channel: "resend", meaning: "throttled", retryAfterSeconds: 3600 },
    });
  };
}

test("mails that are in flight when the first way asks to be left alone for an hour leave by the next at its pace", async () => {
  expectLogged(/A mail goes by the next way out/, /The mail provider had too much/);
  const { smtp, both } = sceneOf();
  const slow: Way = { ...both[1], channel: { name: "smtp", perSecond: 5, atOnce: 10 } };
  const made = await Promise.all(Array.from({ length: 20 }, () => enqueueCodeMail()));
  const first: Way = { ...both[0], transport: hadTooMuch(20) };
  const sending = openSending(databaseUrl(), { ways: [first, slow] });
  await vi.waitFor(
    async () => expect(await db.mail.count({ where: { state: "sent" } })).toBe(20),
    patience,
  );
  await sending.stop();
  expect(smtp.taken.map(({ id }) => id).toSorted()).toEqual(
    made.map(({ mailId }) => mailId).toSorted(),
  );
  expect(smtp.taken.some(({ text }) => text.endsWith(secondCopyOfCode))).toBe(false);
});

test("notices whose batch had too much leave by the next way at once, and wait where there is none", async () => {
  expectLogged(/The mail provider had too much/);
  const refused = new MailRefused("Resend answered 429", {
    ...{ channel: "resend", meaning: "throttled", retryAfterSeconds: 3600 },
  });
  const { both } = sceneOf();
  const waited: number[] = [];
  for (const ways of [openWays(both), openWays([both[0]])]) {
    const mailId = await enqueueMail(db, notice());
    const { mails } = await claims.take({
      ...{
        pace: { channel: "resend", intervalMs: 1, keepsSlotFree: false },
        most: 1,
        spare: 0,
        isForLongWait: false,
      },
      except: [],
    });
    const send = () => Promise.reject(refused);
    const batch = openBatch({ name: "resend-batch", ids: [mailId], send }, () => undefined);
    const [mail] = mails;
    if (mail === undefined) throw new Error("The mail was not taken.");
    expect(await deliverMail(mail, { claims, ways, slotOf: "resend", batch })).toBe("put-off");
    waited.push(await waits(mailId));
    await claims.release(mailId);
    await db.mail.delete({ where: { id: mailId } });
    await db.mailPace.updateMany({ data: { nextSlotAt: new Date(0) } });
  }
  expect(waited).toEqual([1, 3600]);
});

/** Says that a mail was delivered, as a webhook does. */
const delivered = (mailId: string) =>
  takeReport({
    ...{ id: null, mail: { id: mailId, providerId: "of-resend" }, state: "delivered" },
    ...{ at: new Date(), source: "webhook", channel: "resend", reason: null, status: null },
    ...{ words: null, marks: null },
  });

test("what Resend says that it delivered, while its answer is waited for, does not leave by the next way", async () => {
  const { smtp, both } = sceneOf();
  const { mailId } = await enqueueCodeMail();
  const first: Way = {
    ...both[0],
    transport: async (message) => {
      await delivered(message.id);
      throw new MailRefused("no answer in time", { channel: "resend", fate: "unknown" });
    },
  };
  const ways = openWays([first, both[1]]);
  expect(await takeAndDeliver(mailId, { claims, ways })).toBe("settled");
  expect(smtp.tried).toEqual([]);
  const mail = await row(mailId);
  expect(mail).toMatchObject({ state: "sent", channel: "resend", providerId: "of-resend" });
  expect(mail.fingerprint).not.toBeNull();
});

test("a slot is granted only while the mail waits, and whoever is settling it is waited for", async () => {
  const { mailId } = await enqueueCodeMail();
  const asked = {
    ...{ mailId, unsure: ["resend", "smtp"], fingerprint: Buffer.from("print") },
    ...{ intervalMs: 1, patienceMs: 1_000 },
  };
  expect(await takeSlot("smtp", asked)).toMatchObject({ kind: "slot" });
  const answers: string[] = [];
  await db.$transaction(async (tx) => {
    await tx.mail.update({ where: { id: mailId }, data: { state: "sent" } });
    void takeSlot("smtp", asked).then(({ kind }) => answers.push(kind));
    await sleep(300);
    expect(answers).toEqual([]);
  });
  await vi.waitFor(() => expect(answers).toEqual(["over"]), patience);
  const { slots } = await db.mailPace.findUniqueOrThrow({ where: { channel: "smtp" } });
  expect(slots).toBe(1n);
});

test("of ways in turn the one that was asked stands before the one whose slot the mail was taken with", async () => {
  const { mailId } = await takenByKilled();
  const asked = { mailId, unsure: ["resend"], fingerprint: Buffer.from("print") };
  await takeSlot("resend", { ...asked, intervalMs: 1, patienceMs: 1_000 });
  expect((await row(mailId)).unsureChannels).toEqual(["resend", "smtp"]);
});

test("a code that was used while the first way was asked does not leave by the next", async () => {
  const { smtp, both } = sceneOf();
  const { mailId, challenge } = await enqueueCodeMail();
  const first: Way = {
    ...both[0],
    transport: async () => {
      const ended = { endedAt: new Date(), endedBecause: "succeeded" };
      await db.challenge.update({ where: { id: challenge.id }, data: ended });
      throw new MailRefused("Resend answered 403", { channel: "resend" });
    },
  };
  const ways = openWays([first, both[1]]);
  expect(await takeAndDeliver(mailId, { claims, ways })).toBe("dropped");
  expect(smtp.tried).toEqual([]);
});

test("one of a batch that must not be sent keeps none of the others from it", async () => {
  const sent: string[][] = [];
  const send = async (messages: MailMessage[]) => {
    sent.push(messages.map(({ id }) => id));
    return messages.map(() => ({ channel: "resend", providerId: "x" }));
  };
  const message = { from: "a@host.example", subject: "s", html: "<p>h</p>", text: "t", kind: "k" };
  const batch = openBatch({ name: "resend-batch", ids: ["bad", "good"], send }, () => undefined);
  const bad = batch.join({ ...message, id: "bad", to: "a@b.example, c@d.example" });
  await expect(bad).rejects.toMatchObject({ meaning: "final" });
  batch.leave("bad");
  const good = batch.join({ ...message, id: "good", to: "a@b.example" });
  expect(await good).toMatchObject({ channel: "resend" });
  expect(sent).toEqual([["good"]]);
});
