import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { recordSupportAct } from "@/lib/audit/record-support-act";
import { db } from "@/lib/db/client";
import { type Claims, openClaims } from "@/lib/mail/claims";
import { isCopyOf } from "@/lib/mail/fingerprint";
import { enqueueMail } from "@/lib/mail/outbox";
import { findLastSent, markDropped } from "@/lib/mail/store";
import {
  type MailMessage,
  MailRefused,
  orAborted,
  type Transport,
} from "@/lib/mail/transports/transport";
import { codeOf } from "@/lib/secrets/code";
import { addFurther } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { deliverMail } from "@/lib/testing/deliver-mail";
import { expectLogged } from "@/lib/testing/logged";
import { enqueueCodeMail, notice, recordingTransport } from "@/lib/testing/mails";
import { freshAddress, makeAccount } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

const clock = vi.hoisted(() => ({ offsetMs: 0 }));
vi.mock("@/lib/clock", () => ({ readClock: () => new Date(Date.now() + clock.offsetMs) }));

let claims: Claims;

const databaseUrl = testDatabase();

beforeEach(() => {
  clock.offsetMs = 0;
  claims = openClaims(databaseUrl());
});

afterEach(() => claims.close());

const row = (id: string) => db.mail.findUniqueOrThrow({ where: { id } });

/** Seconds from the last try to the next. */
async function delay(mailId: string): Promise<number> {
  const [due] = await db.$queryRaw<{ seconds: number }[]>`
    SELECT extract(epoch FROM next_try_at - now())::float8 AS seconds FROM mail
    WHERE id = ${mailId}::uuid`;
  return Math.round(due?.seconds ?? Number.NaN);
}

test("a mail that is taken is sent once and for all", async () => {
  const mailId = await enqueueMail(db, notice());
  const { transport, taken } = recordingTransport();
  expect(await deliverMail(mailId, { claims, transport })).toBe("sent");
  expect(await deliverMail(mailId, { claims, transport })).toBe("settled");
  expect(taken.map(({ id }) => id)).toEqual([mailId]);
  expect(await row(mailId)).toMatchObject({
    state: "sent",
    attempts: 1,
    providerId: `provider-${mailId}`,
  });
});

test("by what a copy is known is kept of each mail that was handed over, whatever came of it", async () => {
  expectLogged(/A mail was not taken/);
  const mailId = await enqueueMail(db, notice());
  expect((await row(mailId)).fingerprint).toBeNull();
  const { transport, tried } = recordingTransport(async () => {
    throw new MailRefused("no answer in time", { fate: "unknown" });
  });
  expect(await deliverMail(mailId, { claims, transport })).toBe("put-off");
  const kept = (await row(mailId)).fingerprint ?? Buffer.alloc(0);
  expect(isCopyOf(kept, tried[0] as MailMessage)).toBe(true);
  const second = await enqueueMail(db, notice());
  const { transport: taking, taken } = recordingTransport();
  await deliverMail(second, { claims, transport: taking });
  const ofTaken = (await row(second)).fingerprint ?? Buffer.alloc(0);
  expect(isCopyOf(ofTaken, taken[0] as MailMessage)).toBe(true);
  expect(isCopyOf(ofTaken, tried[0] as MailMessage)).toBe(false);
});

test("a refused mail is due after 1, 2, 4, 8, … seconds, at most a minute, always with the same id", async () => {
  expectLogged(/A mail was not taken and is tried again/);
  const chance = vi.spyOn(Math, "random").mockReturnValue(0);
  const mailId = await enqueueMail(db, notice());
  const { transport, tried } = recordingTransport(async () => {
    throw new MailRefused("the provider answered 500");
  });
  const delays: number[] = [];
  for (let attempt = 1; attempt <= 8; attempt++) {
    expect(await deliverMail(mailId, { claims, transport })).toBe("put-off");
    delays.push(await delay(mailId));
    const mail = await row(mailId);
    expect([mail.attempts, mail.lastError]).toEqual([attempt, "the provider answered 500"]);
  }
  chance.mockRestore();
  expect(delays).toEqual([1, 2, 4, 8, 16, 32, 48, 48]);
  expect(new Set(tried.map(({ id }) => id))).toEqual(new Set([mailId]));
  expect(new Set(tried.map(({ html }) => html)).size).toBe(1);
});

test("a provider that had too much is left alone as long as it asks, and no try is counted", async () => {
  expectLogged(/The mail provider had too much/);
  const mailId = await enqueueMail(db, notice());
  const { transport } = recordingTransport(async () => {
    throw new MailRefused("Resend answered 429", { meaning: "throttled", retryAfterSeconds: 250 });
  });
  const channel = randomUUID();
  expect(await deliverMail(mailId, { claims, transport, channel })).toBe("put-off");
  const { pausedUntil } = await db.mailPace.findUniqueOrThrow({ where: { channel } });
  expect((pausedUntil?.getTime() ?? 0) - Date.now()).toBeGreaterThan(240_000);
  expect(await delay(mailId)).toBe(250);
  expect(await row(mailId)).toMatchObject({ state: "queued", attempts: 0, lastError: null });
});

test("a mail that the recipient's side never takes is tried once", async () => {
  expectLogged(/A mail was refused for good/);
  const mailId = await enqueueMail(db, notice());
  const { transport, tried } = recordingTransport(async () => {
    throw new MailRefused("the SMTP server answered 550", { meaning: "final" });
  });
  expect(await deliverMail(mailId, { claims, transport })).toBe("refused");
  expect(await deliverMail(mailId, { claims, transport })).toBe("settled");
  expect(tried).toHaveLength(1);
  expect(await row(mailId)).toMatchObject({
    state: "refused",
    attempts: 1,
    lastError: "the SMTP server answered 550",
  });
});

test("a provider is waited for ten seconds and no longer", async () => {
  expectLogged(/"no answer in time".*tried again/);
  const limit = vi.spyOn(AbortSignal, "timeout").mockReturnValue(AbortSignal.abort());
  const mailId = await enqueueMail(db, notice());
  const transport: Transport = (_message, signal) => orAborted(new Promise(() => {}), signal);
  expect(await deliverMail(mailId, { claims, transport })).toBe("put-off");
  expect(limit).toHaveBeenCalledExactlyOnceWith(10_000);
  limit.mockRestore();
  expect((await row(mailId)).lastError).toBe("no answer in time");
});

test("what another process tried meanwhile is not forgotten by one that drops the mail late", async () => {
  const mailId = await enqueueMail(db, notice());
  const tried = { attempts: 1, unsureChannels: ["resend"] };
  await db.mail.update({ where: { id: mailId }, data: tried });
  await markDropped({ id: mailId, attempts: 0, unsureChannels: [] });
  const { state, unsureChannels } = await db.mail.findUniqueOrThrow({ where: { id: mailId } });
  expect([state, unsureChannels]).toEqual(["dropped", ["resend"]]);
});

test("a mail whose use has passed is dropped, not sent", async () => {
  const mailId = await enqueueMail(db, notice());
  clock.offsetMs = 61 * 60 * 1000;
  const { transport, tried } = recordingTransport();
  expect(await deliverMail(mailId, { claims, transport })).toBe("dropped");
  expect(tried).toEqual([]);
  expect((await row(mailId)).state).toBe("dropped");
});

test("the code goes while its challenge is open, and not once that has ended", async () => {
  const open = await enqueueCodeMail();
  const ended = await enqueueCodeMail();
  await db.challenge.update({
    where: { id: ended.challenge.id },
    data: { endedAt: new Date(), endedBecause: "superseded" },
  });
  const { transport, tried } = recordingTransport();
  expect(await deliverMail(open.mailId, { claims, transport })).toBe("sent");
  expect(await deliverMail(ended.mailId, { claims, transport })).toBe("dropped");
  expect(tried.map(({ to }) => to)).toEqual([open.email]);
  expect(tried[0]?.text.split("\n")).toContain(codeOf(open.challenge));
});

test("the mail's row does not hold the code", async () => {
  const { mailId, challenge } = await enqueueCodeMail();
  const code = codeOf(challenge) ?? "";
  const { recipient: _, ...fields } = await row(mailId);
  expect(JSON.stringify({ ...fields, id: "", challengeId: "" })).not.toContain(code);
});

test("what support did is mailed as support's, with the reason and nothing of the member of staff", async () => {
  const { id: accountId, email, locale, timeZone } = await makeAccount();
  const further = freshAddress();
  await addFurther(accountId, further);
  const staff = await makeStaff("support", { ip: "198.51.100.77" });
  await recordSupportAct(db, staff, {
    act: "password-switched-off",
    notified: { accountId, email, locale, timeZone },
    reason: "You called us about a theft",
    now: new Date(),
  });
  const { transport, tried } = recordingTransport();
  for (const { id } of await db.mail.findMany({ where: { accountId } })) {
    expect(await deliverMail(id, { claims, transport })).toBe("sent");
  }
  expect(tried.map(({ to }) => to).sort()).toEqual([email, further].sort());
  for (const { html, text } of tried) {
    expect(text).toMatch(/^Reason given by support +You called us about a theft$/m);
    expect(text).toMatch(/^IP address +Our support$/m);
    expect(`${html}${text}`).not.toContain("198.51.100.77");
    expect(`${html}${text}`).not.toContain(staff.session.account.email);
  }
});

test("a mail that cannot be made stays queued and is tried again", async () => {
  expectLogged(/the mail could not be made or handed over/);
  const mailId = await enqueueMail(db, notice());
  await db.mail.update({ where: { id: mailId }, data: { facts: { nothing: "right" } } });
  const { transport, tried } = recordingTransport();
  expect(await deliverMail(mailId, { claims, transport })).toBe("put-off");
  expect(tried).toEqual([]);
  expect((await row(mailId)).lastError).toBe("the mail could not be made or handed over");
});

test("two processes at the same moment send a mail once", async () => {
  const mailId = await enqueueMail(db, notice());
  const others = openClaims(databaseUrl());
  const { transport, taken } = recordingTransport(async () => {
    expect(await deliverMail(mailId, { claims: others, transport })).toBe("claimed");
    expect(await deliverMail(mailId, { claims, transport })).toBe("claimed");
  });
  expect(await deliverMail(mailId, { claims, transport })).toBe("sent");
  expect(await deliverMail(mailId, { claims: others, transport })).toBe("settled");
  expect(taken).toHaveLength(1);
  await others.close();
});

test("the claim of a process that was killed is free at once", async () => {
  const mailId = await enqueueMail(db, notice());
  const killed = openClaims(databaseUrl());
  expect(await killed.claim(mailId)).toBe(true);
  const { transport, taken } = recordingTransport();
  expect(await deliverMail(mailId, { claims, transport })).toBe("claimed");
  await killed.close();
  expect(await deliverMail(mailId, { claims, transport })).toBe("sent");
  expect(taken).toHaveLength(1);
});

test("claims work again after their connection was cut", async () => {
  const [first, second] = [await enqueueMail(db, notice()), await enqueueMail(db, notice())];
  expect(await claims.claim(first)).toBe(true);
  await db.$queryRaw`
    SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid)
    WHERE l.locktype = 'advisory' AND a.application_name = 'portaria mail claims'
      AND a.datname = current_database()`;
  await vi.waitFor(async () => expect(await claims.claim(second)).toBe(true), 20_000);
  expect(await claims.claim(first)).toBe(false);
  await claims.release(first);
  expect(await claims.claim(first)).toBe(true);
});

test("what was sent last is known by when it was sent, not by when it was written", async () => {
  const [early, late] = [await enqueueMail(db, notice()), await enqueueMail(db, notice())];
  const writtenLast = await db.mail.findUniqueOrThrow({ where: { id: late } });
  const [before, after] = [60_000, 120_000].map(
    (later) => new Date(writtenLast.createdAt.getTime() + later),
  );
  await db.mail.update({ where: { id: late }, data: { state: "sent", sentAt: before } });
  await db.mail.update({ where: { id: early }, data: { state: "sent", sentAt: after } });
  await db.mail.update({
    where: { id: await enqueueMail(db, notice()) },
    data: { state: "sent", sentAt: null },
  });
  expect(await findLastSent()).toEqual(after);
});
