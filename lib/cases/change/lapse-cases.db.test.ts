import { afterEach, expect, test } from "vitest";
import { lapseCases } from "@/lib/cases/change/lapse-cases";
import { answerCase } from "@/lib/cases/request/answer-case";
import { readStatusPage } from "@/lib/cases/request/status-page";
import { db } from "@/lib/db/client";
import { activitiesOf, makeActor } from "@/lib/testing/actors";
import { closeAccountOf, decideNow, queueUp } from "@/lib/testing/case-review";
import { hoursAfter, laterDays, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { applicantOf, caseNow, kindsTo, nobody, sentCase } from "@/lib/testing/drafts";
import { freshAddress } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();
stoppedClock();

afterEach(async () => {
  await db.recoveryCase.deleteMany();
});

const question = "Please add an invoice of this year.";

/** A case of a customer of its own, of whom staff just asked for more. */
async function askedCase() {
  const actor = await makeActor();
  const sent = await sentCase(applicantOf(actor));
  await decideNow(await makeStaff("support"), sent.id, "ask", question);
  const { accountId, account } = actor.session;
  return { ...sent, accountId, account };
}

test("the page and the mail say until when an answer is waited for: 30 days", async () => {
  const { token, email } = await askedCase();
  const answerBy = hoursAfter(30 * 24);
  expect(await readStatusPage(token)).toMatchObject({ moreAsked: question, answerBy });
  const mail = await db.mail.findFirstOrThrow({
    where: { recipient: email, kind: "case-question" },
  });
  expect(mail.facts).toMatchObject({ until: answerBy.toISOString(), message: question });
});

test("without an answer the case ends then, once, and both sides are notified", async () => {
  const { id, token, email, accountId, account } = await askedCase();
  laterDays(29.9);
  await lapseCases();
  expect((await caseNow(id)).state).toBe("needs-more");
  laterDays(30);
  await queueUp(accountId, [lapseCases, lapseCases, lapseCases]);
  await lapseCases();
  expect(await caseNow(id)).toMatchObject({ state: "lapsed", endedAt: hoursAfter(30 * 24) });
  expect((await kindsTo(email)).filter((kind) => kind === "case-stopped")).toHaveLength(1);
  expect((await kindsTo(account.email)).filter((kind) => kind === "case-ended")).toHaveLength(1);
  expect((await activitiesOf(accountId)).at(-1)?.kind).toBe("case-ended");
  expect(await readStatusPage(token)).toMatchObject({
    state: "lapsed",
    moreAsked: null,
    answerBy: null,
    takesMore: false,
    canWithdraw: false,
  });
});

test("a case without an account ends as well", async () => {
  const { id, email } = await sentCase(nobody, { typed: freshAddress() });
  await decideNow(await makeStaff("support"), id, "ask", question);
  laterDays(30);
  await lapseCases();
  expect((await caseNow(id)).state).toBe("lapsed");
  expect(await kindsTo(email)).toContain("case-stopped");
});

test("what was answered in time goes on, and a second question has a time of its own", async () => {
  const { id, token } = await askedCase();
  laterDays(29);
  expect((await answerCase(token, "Here is what you ask for.")).kind).toBe("answered");
  laterDays(31);
  await lapseCases();
  expect((await caseNow(id)).state).toBe("open");
  await decideNow(await makeStaff("support"), id, "ask", question);
  laterDays(60.9);
  await lapseCases();
  expect((await caseNow(id)).state).toBe("needs-more");
  laterDays(61);
  await lapseCases();
  expect((await caseNow(id)).state).toBe("lapsed");
});

test("an answer in the very moment: taken, or answered that the case is over; never lost without a word", async () => {
  const { id, token } = await askedCase();
  laterDays(30);
  const [outcome] = await Promise.all([
    answerCase(token, "Here is what you ask for."),
    lapseCases(),
  ]);
  const { state } = await caseNow(id);
  expect(state).toBe(outcome.kind === "answered" ? "open" : "lapsed");
});

test("an account that is erased meanwhile takes its case along", async () => {
  const asked = await askedCase();
  laterDays(30);
  await Promise.all([closeAccountOf(asked), lapseCases()]);
  expect(await db.recoveryCase.count({ where: { accountId: asked.accountId } })).toBe(0);
});
