import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { liveAttempts } from "@/lib/challenge/rules/code-attempts";
import { db } from "@/lib/db/client";
import { cleanUp, forgetAnswers } from "@/lib/jobs/clean-up";
import { signIn } from "@/lib/sign-in/sign-in";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, makeAccount, newBrowser, passwordProof } from "@/lib/testing/people";

const clock = vi.hoisted(() => ({ now: Date.parse("2026-11-22T14:00:00Z") }));
vi.mock("@/lib/clock", () => ({ readClock: () => new Date(clock.now) }));

testDatabase();

const DAY = 24 * 60 * 60 * 1000;

test("what a rule may still look at stays; the rest goes with time", async () => {
  const account = await makeAccount({ trusted: ["203.0.113.50"] });
  const proof = await passwordProof(account.id);
  const common = { accountId: account.id, proof, callbackPath: null, earlier: null };
  await signIn({ ...common, client: clientAt("203.0.113.50"), browserId: newBrowser() });
  await signIn({ ...common, client: clientAt("203.0.113.51"), browserId: newBrowser() });
  const blockedUntil = new Date(clock.now + 2 * DAY);
  const subject = account.id;
  const block = {
    wrong: 3,
    lastWrongAt: new Date(clock.now),
    blockedUntil,
    blockReference: "K7QM-2PX",
  };
  await db.codeAttempts.create({ data: { subject, place: "203.0.113.51/32", ...block } });

  await cleanUp();
  expect(await db.challenge.count()).toBe(1);

  clock.now += 1.5 * DAY;
  await cleanUp();
  expect(await db.challenge.count()).toBe(0);
  const [attempts] = await db.codeAttempts.findMany();
  expect(liveAttempts(attempts ?? null, new Date(clock.now)).block).not.toBeNull();

  clock.now += 89 * DAY;
  await cleanUp();
  expect(await db.codeAttempts.count()).toBe(0);
  expect(await db.signInJudgement.count()).toBe(0);
  expect(await db.session.count()).toBe(0);
  expect(await db.trustedPlace.count()).toBe(1);
  expect(await db.seenBrowser.count()).toBe(1);

  clock.now += 400 * DAY;
  await cleanUp();
  expect(await db.seenBrowser.count()).toBe(0);
  expect(await db.trustedPlace.count()).toBe(1);
});

test("invitations go a day after their end; comments and declined questions after a year", async () => {
  const at = new Date(clock.now);
  const ends = new Date(clock.now + 3 * DAY);
  const invitation = { id: randomUUID(), email: "x@example.com", role: "support", secretId: "x" };
  await db.staffInvitation.create({ data: { ...invitation, createdAt: at, expiresAt: ends } });
  const of = { article: "login-code", locale: "en" };
  const vote = { browserId: newBrowser(), useful: false, comment: "Too long", at };
  await db.helpFeedback.create({ data: { ...of, ...vote } });
  const question = { question: "How long does it take?", askedAt: at };
  const declined = { state: "declined", answeredAt: at };
  await db.helpQuestion.create({ data: { ...of, ...question, ...declined } });
  const answered = { state: "published", answer: "Ten minutes.", answeredAt: at };
  await db.helpQuestion.create({ data: { ...of, ...question, ...answered } });

  clock.now += 3.5 * DAY;
  await cleanUp();
  expect(await db.staffInvitation.count()).toBe(1);
  clock.now += DAY;
  await cleanUp();
  expect(await db.staffInvitation.count()).toBe(0);
  expect(await db.helpQuestion.count()).toBe(2);

  clock.now += 365 * DAY;
  await cleanUp();
  expect(await db.helpQuestion.findMany()).toMatchObject([{ state: "published" }]);
  expect(await db.helpFeedback.findMany()).toMatchObject([{ useful: false, comment: null }]);
});

test("answers kept for forms sent twice go after a minute", async () => {
  const press = { form: new Uint8Array(32), pressedAt: new Date(clock.now), aliveAt: new Date() };
  const browser = new Uint8Array(32).fill(1);
  await db.formPress.create({ data: { ...press, browser, id: randomUUID() } });
  clock.now += 59_000;
  await forgetAnswers();
  expect(await db.formPress.count()).toBe(1);
  clock.now += 2_000;
  await forgetAnswers();
  expect(await db.formPress.count()).toBe(0);
});

test("what is known of a process goes a day after its last sign of life", async () => {
  await db.$executeRaw`
    INSERT INTO running_process (id, place, host, pid, began, serves_pages, runs_jobs, settings,
      started_at, beat_at)
    SELECT gen_random_uuid(), 'x', host, 1, 'x', true, true, '{}', now(), now() - hours * interval '1 hour'
    FROM (VALUES ('alive', 0), ('lately', 23), ('long ago', 25)) AS known (host, hours)`;
  await cleanUp();
  const left = await db.runningProcess.findMany({ orderBy: { beatAt: "desc" } });
  expect(left.map(({ host }) => host)).toEqual(["alive", "lately"]);
});
