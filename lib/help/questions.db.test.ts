import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import type { StaffMember } from "@/lib/account/staff-member";
import { db } from "@/lib/db/client";
import { sweepInTurns, sweepOf } from "@/lib/db/sweep";
import { declineQuestion, publishAnswer } from "@/lib/help/answer-question";
import { readArticleTalk } from "@/lib/help/article-talk";
import { askQuestion } from "@/lib/help/ask-question";
import type { Voice } from "@/lib/help/give-feedback";
import { readModerationPage } from "@/lib/help/moderation-page";
import {
  ANSWER_MAX_LENGTH,
  QUESTION_MAX_LENGTH,
  QUESTIONS_PER_NETWORK_PER_HOUR,
  QUESTIONS_PER_PAGE,
  WAITING_PER_PAGE,
} from "@/lib/help/rules/limits";
import { oldFeedback } from "@/lib/help/store";
import type { Locale } from "@/lib/i18n/locales";
import { pass, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { clientAt } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();
stoppedClock();

let network = 0;
const reader = (changes: Partial<Voice> = {}) => {
  network += 1;
  const client = clientAt(`198.51.${Math.floor(network / 250)}.${network % 250}`);
  return { article: "login-code", locale: "en" as Locale, client, ...changes };
};

const text = "How long does a block last?";
const answer = "An hour, unless support lifts it.";

/** Keeps a question that waits, and gives its id. */
async function waiting(changes: { article?: string; locale?: Locale; question?: string } = {}) {
  const { id } = await db.helpQuestion.create({
    data: {
      article: "login-code",
      locale: "en",
      question: text,
      askedAt: new Date(),
      ...changes,
    },
  });
  return id;
}

const stored = (id: string) => db.helpQuestion.findUniqueOrThrow({ where: { id } });
const audited = (id: string) =>
  db.auditEntry.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });
const listed = (before: string | null = null, locale: Locale = "en", article = "login-code") =>
  readArticleTalk({ article, locale, browserId: null, before });
const ids = async (...query: Parameters<typeof listed>) =>
  (await listed(...query))?.questions.map(({ id }) => id);

let staff: StaffMember;

beforeEach(async () => {
  await db.helpQuestion.deleteMany();
  staff ??= await makeStaff("support");
});

test("a question waits for staff, and nobody else sees it", async () => {
  expect(await askQuestion(reader(), text)).toEqual({ kind: "asked" });
  expect(await ids()).toEqual([]);
  const page = await readModerationPage();
  expect(page).toMatchObject({
    waiting: 1,
    questions: [{ article: "login-code", locale: "en", question: text }],
  });
});

test("a question is kept without e-mail addresses and phone numbers, and as plain text", async () => {
  const typed = "Is this right?\r\n\r\n\r\nMail ines(at)example.com or +351 215 550 100 <script>";
  await askQuestion(reader(), typed);
  const [row] = await db.helpQuestion.findMany();
  expect(row?.question).toBe("Is this right?\n\nMail ••• or ••• <script>");
});

test.each([
  ["", "questionTooShort"],
  ["Too short", "questionTooShort"],
  ["ines.castro@example.com", "questionTooShort"],
  ["\u200b".repeat(50), "questionTooShort"],
  ["é".repeat(QUESTION_MAX_LENGTH + 1), "questionTooLong"],
  ["a\n".repeat(30_000), "questionTooLong"],
])("%j is no question, and costs nothing", async (typed, error) => {
  const voice = reader();
  for (let time = 0; time <= QUESTIONS_PER_NETWORK_PER_HOUR; time += 1) {
    expect(await askQuestion(voice, typed)).toEqual({ kind: "invalid", error });
  }
  expect(await db.helpQuestion.count()).toBe(0);
});

test("there is nothing to ask about an article that is none", async () => {
  expect(await askQuestion(reader({ article: "__proto__" }), text)).toEqual({ kind: "unknown" });
});

test("one network asks 5 questions an hour", async () => {
  const voice = reader();
  for (let time = 0; time < QUESTIONS_PER_NETWORK_PER_HOUR; time += 1) {
    expect(await askQuestion(voice, `${text} ${time}`)).toEqual({ kind: "asked" });
  }
  const until = new Date(Date.now() + 3_600_000);
  expect(await askQuestion(voice, text)).toEqual({ kind: "too-many", until });
  expect(await askQuestion(reader(), text)).toEqual({ kind: "asked" });
});

test("a form that was sent several times asks once", async () => {
  await Promise.all([1, 2, 3, 4].map(() => askQuestion(reader(), text)));
  expect(await db.helpQuestion.count()).toBe(1);
});

test("an answered question is shown as corrected, in its language, below its article", async () => {
  const id = await waiting({ question: "I am Ines Castro. How long does a block last?" });
  const published = { kind: "published", article: "login-code", id };
  expect(await publishAnswer(staff, { id, question: text, answer })).toEqual(published);
  expect((await listed())?.questions).toEqual([
    { id, question: text, answer, answeredAt: new Date() },
  ]);
  expect(await ids(null, "fr")).toEqual([]);
  expect(await ids(null, "en", "my-places")).toEqual([]);
  expect((await readModerationPage()).questions).toEqual([]);
});

test("who answered or declined stands in the audit log, without what was written", async () => {
  const [one, other] = [await waiting(), await waiting()];
  await publishAnswer(staff, { id: one, question: `${text} `, answer });
  await declineQuestion(staff, other);
  const { accountId } = staff.session;
  const entry = { actorId: accountId, subjectKind: "question", role: "support" };
  const details = { article: "login-code", locale: "en" };
  expect(await audited(one)).toMatchObject([
    { ...entry, action: "question-answered", details: { ...details, corrected: false } },
  ]);
  expect(await audited(other)).toMatchObject([{ ...entry, action: "question-declined", details }]);
  expect(JSON.stringify((await audited(one)).map((row) => row.details))).not.toContain("block");
});

test("neither a waiting nor a declined question is ever listed", async () => {
  const [declined] = [await waiting(), await waiting()];
  expect(await declineQuestion(staff, declined)).toEqual({ kind: "declined" });
  expect(await stored(declined)).toMatchObject({ state: "declined", answer: null });
  expect(await ids()).toEqual([]);
  expect((await readModerationPage()).questions.map(({ id }) => id)).not.toContain(declined);
});

test("staff publish no e-mail address and no phone number either", async () => {
  const id = await waiting();
  await publishAnswer(staff, {
    id,
    question: text,
    answer: "Write to help@example.com: 555 0100.",
  });
  expect(await stored(id)).toMatchObject({ answer: "Write to •••: •••." });
});

test("what was stored with an address is shown without it all the same", async () => {
  const id = await waiting({ question: "Mail me at ines@example.com, please" });
  expect((await readModerationPage()).questions).toMatchObject([
    { question: "Mail me at •••, please" },
  ]);
  const answeredAt = new Date();
  const data = { state: "published", answer: "Call +351 215 550 100", answeredAt };
  await db.helpQuestion.update({ where: { id }, data });
  expect((await listed())?.questions).toMatchObject([
    { question: "Mail me at •••, please", answer: "Call •••" },
  ]);
});

test("without an answer, or with a text that cannot be kept, nothing is published", async () => {
  const id = await waiting();
  const long = { question: QUESTION_MAX_LENGTH + 1, answer: ANSWER_MAX_LENGTH + 1 };
  expect(await publishAnswer(staff, { id, question: "", answer: " \n" })).toEqual({
    kind: "invalid",
    errors: { question: "questionTooShort", answer: "answerMissing" },
  });
  expect(
    await publishAnswer(staff, {
      id,
      question: "x".repeat(long.question),
      answer: "x".repeat(long.answer),
    }),
  ).toEqual({
    kind: "invalid",
    errors: { question: "questionTooLong", answer: "answerTooLong" },
  });
  expect(await stored(id)).toMatchObject({ state: "waiting", question: text });
  expect(await audited(id)).toEqual([]);
});

test("two of the staff at once: one decides, the others read so and change nothing", async () => {
  const other = await makeStaff("admin");
  const id = await waiting();
  const outcomes = await Promise.all([
    publishAnswer(staff, { id, question: text, answer: "The first" }),
    publishAnswer(other, { id, question: text, answer: "The second" }),
    declineQuestion(other, id),
  ]);
  const kinds = outcomes.map(({ kind }) => kind).sort();
  expect(kinds.filter((kind) => kind === "over")).toHaveLength(2);
  expect(await audited(id)).toHaveLength(1);
  const { state } = await stored(id);
  for (const outcome of outcomes.filter(({ kind }) => kind === "over")) {
    expect(outcome).toEqual({ kind: "over", state, article: "login-code", id });
  }
});

test("who comes second reads so even with a form that would be refused", async () => {
  const id = await waiting();
  await declineQuestion(staff, id);
  const late = await publishAnswer(staff, { id, question: "", answer: "" });
  expect(late).toEqual({ kind: "over", state: "declined", article: "login-code", id });
  expect(await stored(id)).toMatchObject({ state: "declined", answer: null });
});

test.each(["", "x", randomUUID(), "' OR true --", "x".repeat(10_000)])(
  "%j is no question's id",
  async (id) => {
    expect(await publishAnswer(staff, { id, question: text, answer })).toEqual({ kind: "unknown" });
    expect(await declineQuestion(staff, id)).toEqual({ kind: "unknown" });
  },
);

test("the latest answers come first, 20 a page, each once, also those of the same moment", async () => {
  const answeredAt = new Date();
  const count = 2 * QUESTIONS_PER_PAGE + 1;
  const row = { article: "login-code", locale: "en", state: "published", answer };
  await db.helpQuestion.createMany({
    data: Array.from({ length: count }, (_, index) => ({
      ...row,
      question: `${text} ${index}`,
      askedAt: answeredAt,
      answeredAt: new Date(answeredAt.getTime() - Math.floor(index / 30)),
    })),
  });
  const seen: string[] = [];
  const times: number[] = [];
  let before: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listed>> = await listed(before);
    expect(page?.isEarlier).toBe(before !== null);
    expect(page?.questions.length).toBeLessThanOrEqual(QUESTIONS_PER_PAGE);
    seen.push(...(page?.questions.map(({ id }) => id) ?? []));
    times.push(...(page?.questions.map((one) => one.answeredAt.getTime()) ?? []));
    before = page?.next ?? null;
  } while (before !== null);
  expect(new Set(seen).size).toBe(count);
  expect(seen).toHaveLength(count);
  expect(times).toEqual([...times].sort((one, other) => other - one));
});

test.each(["x", "-1", "1-x", "9".repeat(400)])(
  "the cursor %j shows the first page",
  async (before) => {
    const id = await waiting();
    await publishAnswer(staff, { id, question: text, answer });
    expect(await ids(before)).toEqual([id]);
  },
);

test("staff see the oldest first, and how many wait in all", async () => {
  for (let index = 0; index <= WAITING_PER_PAGE; index += 1) {
    pass(1_000);
    await waiting({ question: `${text} ${index}` });
  }
  const page = await readModerationPage();
  expect(page.waiting).toBe(WAITING_PER_PAGE + 1);
  expect(page.questions).toHaveLength(WAITING_PER_PAGE);
  expect(page.questions[0]?.question).toBe(`${text} 0`);
});

test("declined questions of the past are deleted; waiting and published ones stay", async () => {
  const [declined, published, still] = [await waiting(), await waiting(), await waiting()];
  await declineQuestion(staff, declined);
  await publishAnswer(staff, { id: published, question: text, answer });
  await sweepInTurns(oldFeedback(new Date()).map(sweepOf));
  expect(await db.helpQuestion.count()).toBe(3);
  await sweepInTurns(oldFeedback(new Date(Date.now() + 1)).map(sweepOf));
  const left = (await db.helpQuestion.findMany()).map(({ id }) => id);
  expect(left.sort()).toEqual([published, still].sort());
});
