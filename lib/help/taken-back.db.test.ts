import { beforeAll, beforeEach, expect, test } from "vitest";
import type { StaffMember } from "@/lib/account/staff-member";
import { db } from "@/lib/db/client";
import { declineQuestion, publishAnswer, takeBackAnswer } from "@/lib/help/answer-question";
import { readArticleTalk } from "@/lib/help/article-talk";
import { readModerationPage } from "@/lib/help/moderation-page";
import { PUBLISHED_PER_PAGE } from "@/lib/help/rules/limits";
import { later, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();
stoppedClock();

let staff: StaffMember;

beforeAll(async () => {
  staff = await makeStaff("support");
});
beforeEach(async () => {
  await db.helpQuestion.deleteMany();
});

const texts = { question: "How long does a block last?", answer: "An hour." };
const article = "login-code";

async function published(): Promise<string> {
  const row = { article, locale: "en", question: texts.question, askedAt: new Date() };
  const { id } = await db.helpQuestion.create({ data: row });
  expect((await publishAnswer(staff, { id, ...texts })).kind).toBe("published");
  return id;
}

async function shown(): Promise<string[]> {
  const query = { article, locale: "en", browserId: null, before: null } as const;
  return ((await readArticleTalk(query))?.questions ?? []).map(({ id }) => id);
}

test("staff find what is published, the latest first and page by page", async () => {
  const ids = [];
  for (let minute = 0; minute <= PUBLISHED_PER_PAGE; minute += 1) {
    later(minute);
    ids.unshift(await published());
  }
  const first = await readModerationPage();
  expect(first.published.map(({ id }) => id)).toEqual(ids.slice(0, PUBLISHED_PER_PAGE));
  expect(first.published[0]).toMatchObject({ article, locale: "en", ...texts });
  const second = await readModerationPage(first.earlier);
  expect(second.published.map(({ id }) => id)).toEqual(ids.slice(PUBLISHED_PER_PAGE));
  expect(second.earlier).toBeNull();
});

test("taken back, it is shown to staff alone, and waits with its answer to be published anew", async () => {
  const id = await published();
  expect(await takeBackAnswer(staff, id)).toEqual({ kind: "taken-back" });
  expect(await shown()).toEqual([]);
  const page = await readModerationPage();
  expect(page).toMatchObject({ waiting: 1, questions: [{ id, ...texts }], published: [] });
  expect((await publishAnswer(staff, { id, ...texts, answer: "Sixty minutes." })).kind).toBe(
    "published",
  );
  expect(await shown()).toEqual([id]);
});

test("who took it back stands in the audit log, without what was written", async () => {
  const id = await published();
  await takeBackAnswer(staff, id);
  const entry = await db.auditEntry.findFirstOrThrow({
    where: { subjectId: id, action: "question-taken-back" },
  });
  expect(entry).toMatchObject({
    actorId: staff.session.accountId,
    subjectKind: "question",
    details: { article, locale: "en" },
  });
});

test("what is not published cannot be taken back, and a second press does nothing", async () => {
  const id = await published();
  const pressed = await Promise.all([takeBackAnswer(staff, id), takeBackAnswer(staff, id)]);
  expect(pressed.map(({ kind }) => kind).sort()).toEqual(["not-published", "taken-back"]);
  await declineQuestion(staff, id);
  expect(await takeBackAnswer(staff, id)).toEqual({ kind: "not-published" });
  expect(await db.helpQuestion.findUnique({ where: { id } })).toMatchObject({ state: "declined" });
  expect(await takeBackAnswer(staff, "none")).toEqual({ kind: "unknown" });
  const nobodys = "00000000-0000-4000-8000-000000000000";
  expect(await takeBackAnswer(staff, nobodys)).toEqual({ kind: "unknown" });
});
