import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { type Figures, listFigures } from "@/lib/figures/list-figures";
import { markRefused, markSuppressed } from "@/lib/mail/store";
import { testDatabase } from "@/lib/testing/database";
import { makeAccount } from "@/lib/testing/people";

testDatabase();

// 5:45 ahead of UTC: the day changes at 18:15 UTC.
const zone = "Asia/Kathmandu";
const at = new Date("2026-11-22T12:00:00Z");
let accountId: string;

beforeEach(async () => {
  process.env.TIME_ZONE = zone;
  resetEnvironment();
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(at);
  await db.account.deleteMany();
  accountId = (await makeAccount()).id;
});

afterEach(() => {
  vi.useRealTimers();
  delete process.env.TIME_ZONE;
  resetEnvironment();
});

type Judged = { verdict: string; because: string; at: string; codeSeconds?: number };

const judged = (...rows: Judged[]) =>
  db.signInJudgement.createMany({
    data: rows.map((row) => ({ ...row, at: new Date(row.at), accountId, userAgent: "" })),
  });

const entered = (when: string) => ({ verdict: "entered", because: "known-place", at: when });

const rightCode = (codeSeconds: number, when = "2026-11-22T10:00:00Z") => ({
  verdict: "entered",
  because: "right-code",
  at: when,
  codeSeconds,
});

const sentCase = (sentAt: string | null) =>
  db.recoveryCase.create({
    data: {
      reference: randomUUID(),
      secretId: "",
      accountId,
      accountEmail: "",
      proof: "password",
      userAgent: "",
      locale: "en",
      createdAt: at,
      expiresAt: at,
      sentAt: sentAt === null ? null : new Date(sentAt),
    },
  });

const onDay = (figures: Figures, day: string) => {
  const found = figures.days.find((one) => one.day === day);
  if (found === undefined) throw new Error(`There are no figures of ${day}.`);
  return found;
};

const zeros = {
  signIns: 0,
  codesSent: 0,
  codesRight: 0,
  blocks: 0,
  cases: 0,
  medianSeconds: null,
};

test("without anything there are 30 days of zeros up to today, and no median", async () => {
  const figures = await listFigures();
  expect(figures.timeZone).toBe(zone);
  expect(figures.days).toHaveLength(30);
  expect(figures.days.at(0)).toEqual({ day: "2026-10-24", ...zeros });
  expect(figures.days.at(-1)).toEqual({ day: "2026-11-22", ...zeros });
  expect(figures).toMatchObject({ all: zeros, lastWeek: zeros, weekBefore: zeros });
});

test("a day is the one of TIME_ZONE: the second before its midnight is another day's", async () => {
  await judged(entered("2026-11-20T18:14:59.999Z"), entered("2026-11-20T18:15:00.000Z"));
  await sentCase("2026-11-20T18:14:59.999Z");
  await sentCase("2026-11-20T18:15:00.000Z");
  const figures = await listFigures();
  expect(onDay(figures, "2026-11-20")).toEqual({
    day: "2026-11-20",
    ...zeros,
    signIns: 1,
    cases: 1,
  });
  expect(onDay(figures, "2026-11-21")).toEqual({
    day: "2026-11-21",
    ...zeros,
    signIns: 1,
    cases: 1,
  });
  expect(figures.all).toMatchObject({ signIns: 2, cases: 2 });
});

test("what is older than the first day is not counted", async () => {
  await judged(entered("2026-10-23T18:14:59.999Z"), entered("2026-10-23T18:15:00.000Z"));
  await sentCase("2026-10-23T18:14:59.999Z");
  const figures = await listFigures();
  expect(figures.all).toMatchObject({ signIns: 1, cases: 0 });
  expect(onDay(figures, "2026-10-24").signIns).toBe(1);
});

test("each figure counts its own judgements and no others", async () => {
  const when = "2026-11-22T10:00:00Z";
  await judged(
    entered(when),
    { verdict: "entered", because: "observed: ask-code", at: when },
    rightCode(40),
    { verdict: "asked-for-code", because: "new-place", at: when },
    { verdict: "asked-for-code", because: "new-place", at: when },
    { verdict: "refused", because: "wrong-code", at: when },
    { verdict: "refused", because: "blocked-by-wrong-codes", at: when },
    { verdict: "blocked", because: "wrong-codes", at: when },
    { verdict: "waits", because: "codes-used-up", at: when },
    { verdict: "refused", because: "password-off", at: when },
  );
  await sentCase(null);
  const { day: _, ...today } = onDay(await listFigures(), "2026-11-22");
  expect(today).toEqual({
    signIns: 3,
    codesSent: 2,
    codesRight: 1,
    blocks: 1,
    cases: 0,
    medianSeconds: 40,
  });
});

test("the median lies in the middle, is taken anew over more days, and is not a mean", async () => {
  await judged(
    rightCode(10),
    rightCode(20),
    rightCode(600),
    rightCode(30, "2026-11-12T10:00:00Z"),
    rightCode(41, "2026-11-12T10:00:00Z"),
    // A sign-up's code belongs to none of the sign-ins that are counted as codes sent.
    { verdict: "entered", because: "sign-up", at: "2026-11-12T10:00:00Z", codeSeconds: 500 },
  );
  const figures = await listFigures();
  expect(onDay(figures, "2026-11-22").medianSeconds).toBe(20);
  expect(onDay(figures, "2026-11-12").medianSeconds).toBe(35.5);
  expect(figures.all.medianSeconds).toBe(30);
  expect(figures.lastWeek.medianSeconds).toBe(20);
  expect(figures.weekBefore.medianSeconds).toBe(35.5);
});

test("the last 7 days end today, the 7 before end the day before they begin", async () => {
  await judged(
    // 16 November, the first of the last 7, and the last second of the 15th.
    entered("2026-11-15T18:15:00.000Z"),
    entered("2026-11-15T18:14:59.999Z"),
    // 9 November, the first of the 7 before, and the last second of the 8th.
    entered("2026-11-08T18:15:00.000Z"),
    entered("2026-11-08T18:14:59.999Z"),
    entered("2026-11-22T11:00:00.000Z"),
  );
  await sentCase("2026-11-15T18:15:00.000Z");
  await sentCase("2026-11-08T18:15:00.000Z");
  await sentCase("2026-11-08T18:14:59.999Z");
  const { all, lastWeek, weekBefore } = await listFigures();
  expect([all.signIns, lastWeek.signIns, weekBefore.signIns]).toEqual([5, 2, 2]);
  expect([all.cases, lastWeek.cases, weekBefore.cases]).toEqual([3, 1, 1]);
});

test("the last hour goes to this moment: what is a second older belongs to the days alone", async () => {
  await judged(
    entered("2026-11-22T11:00:00.000Z"),
    entered("2026-11-22T10:59:59.999Z"),
    { verdict: "asked-for-code", because: "new-place", at: "2026-11-22T11:30:00Z" },
    rightCode(50, "2026-11-22T11:31:00Z"),
    rightCode(10, "2026-11-22T10:31:00Z"),
  );
  await sentCase("2026-11-22T11:00:00.000Z");
  await sentCase("2026-11-22T10:59:59.999Z");
  const { lastHour, lastWeek } = await listFigures();
  const counted = { signIns: 2, codesSent: 1, codesRight: 1, blocks: 0, medianSeconds: 50 };
  expect(lastHour).toMatchObject({ ...counted, cases: 1 });
  expect(lastHour.rates.right).toEqual({ part: 1, whole: 1, share: 1 });
  expect([lastWeek.signIns, lastWeek.cases]).toEqual([4, 2]);
});

const mailed = (state: string, when: string, whose: string | null = accountId) =>
  db.mail.create({
    data: {
      ...{ kind: "new-browser", recipient: "x", locale: "en", facts: {}, state, accountId: whose },
      ...{ createdAt: at, nextTryAt: at, usefulUntil: at },
      ...(state === "sent" ? { sentAt: new Date(when) } : { triedAt: new Date(when) }),
    },
  });

const became = (mailId: string, state: string, notedAt: string, reason: string | null = null) =>
  db.mailChange.create({
    data: {
      ...{ mailId, state, source: "webhook", channel: "resend", reason },
      ...{ at: new Date("2026-11-20T00:00:00Z"), notedAt: new Date(notedAt) },
    },
  });

test("mails are counted by when they left or were refused, those to accounts alone", async () => {
  await mailed("sent", "2026-11-22T11:00:00.000Z");
  await mailed("refused", "2026-11-22T11:59:00.000Z");
  await mailed("refused", "2026-11-22T10:59:59.999Z");
  await mailed("queued", "2026-11-22T11:59:00.000Z");
  await mailed("refused", "2026-11-22T11:59:00.000Z", null);
  // The first of the last 7 days, the second before it, and one that no day shows.
  await mailed("sent", "2026-11-15T18:15:00.000Z");
  await mailed("sent", "2026-11-15T18:14:59.999Z");
  await mailed("sent", "2026-10-23T18:14:59.999Z");
  const { lastHour, lastWeek, weekBefore, all } = await listFigures();
  const mails = [lastHour, lastWeek, weekBefore, all].map((span) => span.rates.notArrived);
  expect(mails).toEqual([
    { part: 1, whole: 2, share: 0.5 },
    { part: 2, whole: 4, share: 0.5 },
    { part: 0, whole: 1, share: 0 },
    { part: 2, whole: 5, share: 0.4 },
  ]);
});

test("a mail that came back is one that left and did not arrive, once, by when that became known", async () => {
  const { id: back } = await mailed("sent", "2026-11-22T11:00:00.000Z");
  await became(back, "accepted", "2026-11-22T11:00:00.000Z");
  await became(back, "delivered", "2026-11-22T11:00:01.000Z");
  await became(back, "refused", "2026-11-22T11:10:00.000Z", "no-mailbox");
  await became(back, "suppressed", "2026-11-22T11:20:00.000Z", "no-mailbox");
  // Refused before the hour, and suppressed in it.
  const { id: before } = await mailed("sent", "2026-11-22T10:00:00.000Z");
  await became(before, "refused", "2026-11-22T10:59:59.999Z", "full");
  await became(before, "suppressed", "2026-11-22T11:30:00.000Z", "no-mailbox");
  // Of the week before, and of nobody's account.
  await became(
    (await mailed("sent", "2026-11-15T18:14:59.999Z")).id,
    "refused",
    "2026-11-22T11:00:00Z",
  );
  await became(
    (await mailed("sent", "2026-11-22T11:00:00Z", null)).id,
    "refused",
    "2026-11-22T11:00:01Z",
  );
  const { lastHour, lastWeek, weekBefore } = await listFigures();
  expect([lastHour, lastWeek, weekBefore].map((span) => span.mailsSent)).toEqual([1, 2, 1]);
  expect([lastHour, lastWeek, weekBefore].map((span) => span.mailsReturned)).toEqual([2, 3, 0]);
  expect(lastHour.mailsRefused).toBe(0);
  expect(lastWeek.rates.notArrived).toEqual({ part: 3, whole: 2, share: 1 });
});

test("whoever complains of a mail got it; a mail that is not sent after that did not arrive", async () => {
  const { id: spam } = await mailed("sent", "2026-11-22T11:00:00.000Z");
  await became(spam, "suppressed", "2026-11-22T11:10:00.000Z", "complaint");
  const queued = await mailed("queued", "2026-11-22T11:20:00.000Z");
  await db.mail.update({ where: { id: queued.id }, data: { triedAt: null } });
  await markSuppressed(queued, { at: new Date("2026-11-22T11:20:00.000Z"), reason: "complaint" });
  const { lastHour } = await listFigures();
  expect(lastHour).toMatchObject({ mailsSent: 1, mailsRefused: 1, mailsReturned: 0 });
  expect(lastHour.rates.notArrived).toEqual({ part: 1, whole: 2, share: 0.5 });
});

test("a mail that was put off and then complained of got there, though no try of ours knows", async () => {
  const { id } = await mailed("queued", "2026-11-22T11:20:00.000Z");
  await db.mail.update({ where: { id }, data: { state: "refused" } });
  await became(id, "suppressed", "2026-11-22T11:25:00.000Z", "complaint");
  expect((await listFigures()).lastHour).toMatchObject({ mailsRefused: 0, mailsReturned: 0 });
});

test("a mail that is refused when it is handed over never left: it counts once, in all and in part", async () => {
  const { id } = await mailed("queued", "2026-11-22T11:20:00.000Z");
  const why = { reason: "550 no such user", channel: "smtp", failure: "no-mailbox" } as const;
  const triedAt = new Date("2026-11-22T11:20:00.000Z");
  await markRefused(id, { ...why, triedAt, status: "5.1.1", marks: null });
  const { lastHour } = await listFigures();
  expect(lastHour).toMatchObject({ mailsSent: 0, mailsRefused: 1, mailsReturned: 0 });
});
