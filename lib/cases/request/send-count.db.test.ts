import { expect, test } from "vitest";
import { readDraftPage } from "@/lib/cases/request/draft-page";
import type { Applicant } from "@/lib/cases/request/find-applicant";
import { sendCase } from "@/lib/cases/request/send-case";
import { withdrawCase } from "@/lib/cases/request/withdraw-case";
import { makeActor } from "@/lib/testing/actors";
import { later, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import {
  applicantOf,
  caseNow,
  fillIn,
  kindsTo,
  nobody,
  sentCase,
  somewhere,
  startFor,
} from "@/lib/testing/drafts";
import { freshAddress, makeAccount } from "@/lib/testing/people";

testDatabase();
stoppedClock();

/** Drafts that lack nothing. */
async function drafts(applicant: Applicant, count: number, typed = ""): Promise<string[]> {
  const ids = [];
  for (let draft = 0; draft < count; draft += 1) {
    const id = await startFor(applicant, typed);
    await fillIn(id, freshAddress());
    ids.push(id);
  }
  return ids;
}

const sendAll = (ids: string[]) => Promise.all(ids.map((id) => sendCase(id, somewhere())));

test("D5: five requests an hour are sent for an account, also at the same moment; the sixth keeps its draft", async () => {
  const actor = await makeActor();
  const applicant = applicantOf(actor);
  const ids = await drafts(applicant, 5);
  later(58);
  // Begun an hour after the first, as the limit of drafts asks for.
  expect((await sendAll(ids)).map(({ kind }) => kind)).toEqual(Array(5).fill("sent"));
  later(61);
  const late = await drafts(applicant, 2);
  const tooMany = { kind: "too-many-sent", until: new Date("2026-11-22T13:58:00Z") };
  expect(await sendAll(late)).toEqual([tooMany, tooMany]);
  for (const id of late) {
    expect(await caseNow(id)).toMatchObject({ state: "draft", sentAt: null });
    expect(await readDraftPage(id)).toMatchObject({ kind: "draft", draft: { missing: [] } });
  }
  expect(await kindsTo(actor.session.account.email)).toHaveLength(5);
  later(118);
  expect((await sendAll(late)).map(({ kind }) => kind)).toEqual(["sent", "sent"]);
});

test("D5: whoever takes requests back sends no more of them, with an account or without", async () => {
  const account = await makeAccount();
  for (const typed of [account.email, freshAddress()]) {
    later(0);
    for (let request = 0; request < 5; request += 1) {
      const { token } = await sentCase(nobody, { typed });
      await withdrawCase(token, somewhere());
    }
    const [id = ""] = await drafts(nobody, 1, typed);
    const until = new Date("2026-11-22T13:00:00Z");
    expect(await sendCase(id, somewhere())).toEqual({ kind: "too-many-sent", until });
    later(60);
    expect((await sendCase(id, somewhere())).kind).toBe("sent");
  }
});

test("D4: three requests without proof wait at once, alike for an address without an account; the next keeps its draft", async () => {
  const account = await makeAccount();
  for (const typed of [account.email, freshAddress()]) {
    const ids = await drafts(nobody, 5, typed);
    const outcomes = await sendAll(ids);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
      ...["sent", "sent", "sent", "too-many-live", "too-many-live"],
    ]);
    const sent = outcomes.find((outcome) => outcome.kind === "sent");
    const refused = ids[outcomes.findIndex(({ kind }) => kind === "too-many-live")] ?? "";
    expect(await readDraftPage(refused)).toMatchObject({ kind: "draft", draft: { missing: [] } });
    await withdrawCase(sent?.token ?? null, somewhere());
    expect((await sendCase(refused, somewhere())).kind).toBe("sent");
  }
});

test("whoever only knows the address takes no request from who knows the password", async () => {
  const actor = await makeActor();
  const typed = actor.session.account.email;
  for (let request = 0; request < 5; request += 1) {
    const { token } = await sentCase(nobody, { typed });
    if (request > 2) continue;
    await withdrawCase(token, somewhere());
  }
  const [id = "", own = ""] = [
    ...(await drafts(nobody, 1, typed)),
    await startFor(applicantOf(actor)),
  ];
  await fillIn(own, freshAddress());
  expect((await sendCase(id, somewhere())).kind).toBe("too-many-sent");
  expect((await sendCase(own, somewhere())).kind).toBe("sent");
});

test("what a draft lacks is said before that too many were sent", async () => {
  const typed = freshAddress();
  await sendAll(await drafts(nobody, 3, typed));
  const id = await startFor(nobody, typed);
  expect((await sendCase(id, somewhere())).kind).toBe("missing");
});
