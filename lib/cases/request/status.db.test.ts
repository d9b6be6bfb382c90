import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { addDocument, addDocumentByToken } from "@/lib/cases/request/add-document";
import { answerCase } from "@/lib/cases/request/answer-case";
import { lookUpCase } from "@/lib/cases/request/look-up-case";
import { readStatusPage } from "@/lib/cases/request/status-page";
import { withdrawCase } from "@/lib/cases/request/withdraw-case";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { newReference } from "@/lib/secrets/reference";
import { activitiesOf, makeActor } from "@/lib/testing/actors";
import { later, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { pdf } from "@/lib/testing/documents";
import {
  applicantOf,
  caseNow,
  kindsTo,
  nobody,
  sentCase,
  somewhere,
  startFor,
  story,
} from "@/lib/testing/drafts";
import { freshAddress } from "@/lib/testing/people";

testDatabase();
stoppedClock();

const setState = (id: string, data: object) => db.recoveryCase.update({ where: { id }, data });
const add = (token: string | null, title: string) =>
  addDocumentByToken(token, { name: `${title}.pdf`, bytes: pdf(title) }, somewhere());

test("the page shows the state, and of documents their names alone", async () => {
  const actor = await makeActor();
  const { id, token, email } = await sentCase(applicantOf(actor));
  const { reference } = await caseNow(id);
  const page = await readStatusPage(token);
  expect(page).toMatchObject({
    reference,
    state: "open",
    newEmail: email,
    documents: [{ name: "invoice-0.pdf" }],
    moreAsked: null,
    refusedBecause: null,
    takesMore: true,
    canWithdraw: true,
  });
  expect(JSON.stringify(page)).not.toMatch(/sealed|secretId/);
  expect(JSON.stringify(page)).not.toContain(actor.session.account.email);
});

test("what staff asked, refused and agreed to stands there while it matters", async () => {
  const { id, token } = await sentCase(applicantOf(await makeActor()));
  const coolsUntil = new Date("2026-11-25T12:00:00Z");
  await setState(id, { state: "needs-more", moreAsked: "The invoice, please." });
  expect(await readStatusPage(token)).toMatchObject({ moreAsked: "The invoice, please." });
  await setState(id, { state: "approved", coolsUntil });
  expect(await readStatusPage(token)).toMatchObject({
    moreAsked: null,
    coolsUntil,
    takesMore: false,
    canWithdraw: true,
  });
  await setState(id, { state: "refused", refusedBecause: "The names differ.", endedAt: start });
  expect(await readStatusPage(token)).toMatchObject({
    state: "refused",
    refusedBecause: "The names differ.",
    canWithdraw: false,
  });
});

test("a forged token, one of a draft, one of another purpose and one whose secret is gone lead nowhere", async () => {
  const actor = await makeActor();
  const draft = await caseNow(await startFor(applicantOf(actor)));
  const { id, token } = await sentCase(applicantOf(actor));
  const found = await caseNow(id);
  const forged = `${token.slice(0, -2)}${token.endsWith("AA") ? "BB" : "AA"}`;
  const dead = [
    null,
    "",
    "x",
    "A".repeat(64),
    forged,
    linkTokenOf("case", draft),
    linkTokenOf("object-case", found),
    linkTokenOf("case", { ...found, id: randomUUID() }),
  ];
  for (const one of dead) {
    expect(await readStatusPage(one)).toBeNull();
    expect(await answerCase(one, story)).toEqual({ kind: "dead" });
    expect(await withdrawCase(one, somewhere())).toEqual({ kind: "dead" });
    expect(await add(one, "x")).toEqual({ kind: "over" });
  }
  const before = process.env.AUTH_SECRET;
  process.env.AUTH_SECRET = "another secret of 32 characters or more";
  resetEnvironment();
  expect(await readStatusPage(token)).toBeNull();
  process.env.AUTH_SECRET = before;
  resetEnvironment();
  expect(await caseNow(id)).toMatchObject({ state: "open", whatHappened: story });
  expect(await caseNow(draft.id)).toMatchObject({ state: "draft" });
});

test("number and new address lead to the page, however the number is typed", async () => {
  const { id, token, email } = await sentCase(applicantOf(await makeActor()));
  const { reference } = await caseNow(id);
  for (const typed of [reference, reference.toLowerCase(), reference.replace("-", " ")]) {
    expect(
      await lookUpCase({ reference: typed, email: ` ${email.toUpperCase()}` }, somewhere()),
    ).toEqual({ kind: "found", token });
  }
});

test("unknown pairs are answered alike, also where one half of them is right or the case is a draft", async () => {
  const { id, email } = await sentCase(applicantOf(await makeActor()));
  const other = await sentCase(applicantOf(await makeActor()));
  const draft = await caseNow(await startFor(applicantOf(await makeActor())));
  await setState(draft.id, { newEmail: email });
  const { reference } = await caseNow(id);
  for (const [typed, address] of [
    [reference, other.email],
    ["ZZZZ-ZZZ", email],
    [draft.reference, email],
  ] as const) {
    expect(await lookUpCase({ reference: typed, email: address }, somewhere())).toEqual({
      kind: "unknown",
    });
  }
});

test("a malformed number or address costs no look", async () => {
  const client = somewhere();
  expect(await lookUpCase({ reference: " ", email: "" }, client)).toEqual({
    kind: "invalid",
    errors: { reference: "referenceMissing", email: "emailMissing" },
  });
  expect(await lookUpCase({ reference: "123456", email: "maria" }, client)).toEqual({
    kind: "invalid",
    errors: { reference: "referenceMalformed", email: "emailInvalid" },
  });
  const key = `cases/look-up/${client.network}`;
  expect(await db.rateWindow.count({ where: { key } })).toBe(0);
});

test("one network looks up twenty pairs an hour; also at the same moment", async () => {
  const client = somewhere();
  const address = freshAddress();
  const looks = await Promise.all(
    Array.from({ length: 25 }, () =>
      lookUpCase({ reference: newReference(), email: address }, client),
    ),
  );
  expect(looks.filter(({ kind }) => kind === "unknown")).toHaveLength(20);
  const { id, email } = await sentCase(applicantOf(await makeActor()));
  const right = { reference: (await caseNow(id)).reference, email };
  expect(await lookUpCase(right, client)).toEqual({
    kind: "too-many",
    until: new Date("2026-11-22T13:00:00Z"),
  });
  later(60);
  expect((await lookUpCase(right, client)).kind).toBe("found");
});

test("a number is looked up five times an hour from all networks, whether or not it exists; the link opens still", async () => {
  const { id, token, email } = await sentCase(applicantOf(await makeActor()));
  const { reference } = await caseNow(id);
  const tooMany = { kind: "too-many", until: new Date("2026-11-22T13:00:00Z") };
  for (const number of [reference, newReference()]) {
    const looks = await Promise.all(
      Array.from({ length: 8 }, () =>
        lookUpCase({ reference: number, email: freshAddress() }, somewhere()),
      ),
    );
    expect(looks.filter(({ kind }) => kind === "unknown")).toHaveLength(5);
    const small = number.toLowerCase().replace("-", "");
    expect(await lookUpCase({ reference: small, email }, somewhere())).toEqual(tooMany);
  }
  expect(await readStatusPage(token)).toMatchObject({ reference });
  later(60);
  expect(await lookUpCase({ reference, email }, somewhere())).toEqual({ kind: "found", token });
});

test("A5: what was asked for and is added, document or answer, lets the case wait for staff again", async () => {
  const { id, token } = await sentCase(applicantOf(await makeActor()));
  const asked = { state: "needs-more", moreAsked: "More, please." };
  const { version, round } = await setState(id, asked);
  expect(await add(token, "passport")).toEqual({ kind: "added", name: "passport.pdf" });
  const added = { state: "open", version: version + 1, round: round + 1 };
  expect(await caseNow(id)).toMatchObject(added);
  // The same file once more is nothing new to look at.
  expect((await add(token, "passport")).kind).toBe("known");
  expect(await caseNow(id)).toMatchObject(added);
  await setState(id, { state: "needs-more" });
  later(30);
  expect(await answerCase(token, "Here it is.")).toEqual({ kind: "answered" });
  expect(await caseNow(id)).toMatchObject({
    state: "open",
    version: version + 2,
    round: round + 2,
    whatHappened: `${story}\n\n━━ 2026-11-22 12:30 UTC ━━\nHere it is.`,
  });
});

test("what is added to an open case counts version and round up: nobody decides, or has decided, on what they have not seen", async () => {
  const { id, token } = await sentCase(applicantOf(await makeActor()));
  const { version, round } = await caseNow(id);
  await Promise.all([add(token, "one"), add(token, "two"), answerCase(token, "Three.")]);
  expect(await caseNow(id)).toMatchObject({
    state: "open",
    version: version + 3,
    round: round + 3,
  });
});

test("a sent case holds five documents too, and takes none once staff have agreed or it is over", async () => {
  const { id, token } = await sentCase(applicantOf(await makeActor()), { documents: 5 });
  expect(await add(token, "sixth")).toEqual({ kind: "refused", because: "full" });
  const { version } = await caseNow(id);
  await db.caseDocument.deleteMany({ where: { caseId: id } });
  for (const state of ["approved", "done", "refused", "withdrawn", "taken", "superseded"]) {
    await setState(id, { state });
    expect(await add(token, state)).toEqual({ kind: "over" });
    expect(await addDocument(id, { name: "x.pdf", bytes: pdf() }, somewhere())).toEqual({
      kind: "over",
    });
    expect(await answerCase(token, story)).toEqual({ kind: "over" });
    expect(await caseNow(id)).toMatchObject({ state, version });
  }
});

test("an answer has words, and not too many; what was written before stays", async () => {
  const { id, token } = await sentCase(applicantOf(await makeActor()));
  expect(await answerCase(token, " \r\n ")).toEqual({ kind: "invalid", error: "empty" });
  expect(await answerCase(token, "a".repeat(2_001))).toEqual({
    kind: "invalid",
    error: "too-long",
  });
  for (let answer = 0; answer < 4; answer += 1) {
    expect(await answerCase(token, "a".repeat(2_000))).toEqual({ kind: "answered" });
  }
  expect(await answerCase(token, "a".repeat(2_000))).toEqual({ kind: "invalid", error: "full" });
  expect((await caseNow(id)).whatHappened?.startsWith(story)).toBe(true);
});

test("taken back: it ends, the account's addresses and who asked are notified, and it is recorded", async () => {
  for (const state of ["open", "needs-more", "approved"]) {
    const actor = await makeActor();
    const { id, token, email } = await sentCase(applicantOf(actor));
    await setState(id, { state });
    const outcomes = await Promise.all([
      withdrawCase(token, somewhere()),
      withdrawCase(token, somewhere()),
    ]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["over", "withdrawn"]);
    expect(await caseNow(id)).toMatchObject({ state: "withdrawn", endedAt: start });
    const { accountId, account } = actor.session;
    expect(await kindsTo(account.email)).toEqual(["case-ended", "case-opened"]);
    expect(await kindsTo(email)).toEqual(["case-received", "case-stopped", "new-address-code"]);
    expect((await activitiesOf(accountId)).at(-1)).toMatchObject({ kind: "case-ended" });
  }
});

test("what is over is not taken back", async () => {
  const { id, token } = await sentCase(nobody, { typed: freshAddress() });
  await setState(id, { state: "done", endedAt: start });
  expect(await withdrawCase(token, somewhere())).toEqual({ kind: "over" });
  expect(await caseNow(id)).toMatchObject({ state: "done" });
});

test("a request about an address without an account reads like any other", async () => {
  const account = await db.account.findFirstOrThrow();
  const [known, unknown] = [
    await sentCase(nobody, { typed: account.email }),
    await sentCase(nobody, { typed: freshAddress() }),
  ];
  const shown = async ({ token }: { token: string }) => ({
    ...(await readStatusPage(token)),
    reference: "",
    maskedAccount: "",
    newEmail: "",
    documents: [],
  });
  expect(await shown(known)).toEqual(await shown(unknown));
  expect(await withdrawCase(unknown.token, somewhere())).toEqual({ kind: "withdrawn" });
});
