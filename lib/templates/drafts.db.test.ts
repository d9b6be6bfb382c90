import { afterEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { askToPublish } from "@/lib/templates/ask-to-publish";
import { discardDraft } from "@/lib/templates/discard-draft";
import { readText } from "@/lib/templates/read-text";
import { saveDraft } from "@/lib/templates/save-draft";
import { sendBack } from "@/lib/templates/send-back";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";
import {
  ask,
  codeText,
  codeWords,
  draftOf,
  forgetTexts,
  formOf,
  placeText,
  placeWords,
  publishWords,
  save,
} from "@/lib/testing/texts";

testDatabase();
afterEach(forgetTexts);

const actions = async () =>
  (await db.auditEntry.findMany({ orderBy: { seq: "asc" } })).map(({ action }) => action);

test("an editor opens with the built-in text, and saving that changes nothing", async () => {
  const ana = await makeStaff("marketing");
  const page = await readText(ana, codeText);
  expect(page).toMatchObject({ state: "built-in", revision: "", base: "0", draft: null });
  expect(page?.shown.text).toContain("{{code}}");
  const form = await formOf(ana, codeText, page?.shown ?? codeWords(""));
  expect(await saveDraft(ana, codeText, form)).toEqual({ kind: "unchanged", revision: "" });
  expect(await draftOf(codeText)).toBeNull();
});

test("D4 what is typed is saved as it is, also what could never be published", async () => {
  const ana = await makeStaff("support");
  const typed = {
    subjectLine: "",
    previewLine: "<b>",
    text: "{{nonsense}}\r\n**\0",
    note: " why ",
  };
  await save(ana, codeText, typed);
  expect(await draftOf(codeText)).toMatchObject({
    ...{ text: "{{nonsense}}\n**\ufffd", previewLine: "<b>", note: "why", state: "draft" },
    authors: [{ accountId: ana.session.accountId }],
  });
  expect((await readText(ana, codeText))?.shown.text).toBe("{{nonsense}}\n**\ufffd");
});

test("D2 a form sent twice is saved once", async () => {
  const ana = await makeStaff("marketing");
  const form = await formOf(ana, codeText, codeWords("Bonjour"));
  const saved = await saveDraft(ana, codeText, form);
  expect(saved.kind).toBe("saved");
  expect(await saveDraft(ana, codeText, form)).toEqual({ ...saved, kind: "unchanged" });
});

test("D3 a draft that somebody saved meanwhile is saved over by nobody, and is shown", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  const late = await formOf(rui, codeText, codeWords("Salut"));
  const revision = await save(ana, codeText, codeWords("Bonjour"));
  const conflict = await saveDraft(rui, codeText, late);
  expect(conflict).toMatchObject({
    kind: "conflict",
    theirs: { ...codeWords("Bonjour"), is: "draft", revision, by: ana.session.account.name },
  });
  expect(await draftOf(codeText)).toMatchObject({ revision, authors: [{}] });
  // Having seen it, they may.
  const seen = { ...late, seen: revision };
  expect((await saveDraft(rui, codeText, seen)).kind).toBe("saved");
  expect((await draftOf(codeText))?.authors).toHaveLength(2);
});

test("a draft begun on an older version than the newest is saved over by nobody", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  const early = await formOf(rui, codeText, codeWords("Salut"));
  await publishWords(codeText, codeWords("Bonjour"), { author: ana });
  const conflict = await saveDraft(rui, codeText, early);
  expect(conflict).toMatchObject({
    kind: "conflict",
    theirs: { ...codeWords("Bonjour"), is: "live", revision: "" },
  });
  if (conflict.kind !== "conflict") throw new Error("There is a conflict.");
  const { base, revision } = conflict.theirs;
  const again = { ...early, base, seen: revision };
  expect((await saveDraft(rui, codeText, again)).kind).toBe("saved");
});

test("whoever saves without a change is no author", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  await save(ana, codeText, { ...codeWords("Bonjour"), note: "New" });
  const same = await formOf(rui, codeText, { ...codeWords("Bonjour"), note: "New" });
  expect((await saveDraft(rui, codeText, same)).kind).toBe("unchanged");
  expect((await askToPublish(rui, codeText, same)).kind).toBe("asked");
  expect(await draftOf(codeText)).toMatchObject({
    authors: [{ accountId: ana.session.accountId }],
    askedById: rui.session.accountId,
  });
});

test("a note alone is a change", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  await save(ana, codeText, codeWords("Bonjour"));
  await save(rui, codeText, { ...codeWords("Bonjour"), note: "For the summer" });
  expect((await draftOf(codeText))?.authors).toHaveLength(2);
});

test("what is saved over what waits is a draft again", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  await ask(ana, codeText, codeWords("Bonjour"));
  await save(rui, codeText, codeWords("Salut"));
  expect(await draftOf(codeText)).toMatchObject({ state: "draft", askedById: null });
});

test.each([
  ["text", { ...codeWords("x"), text: "x".repeat(60_001) }],
  ["text", { ...codeWords("x"), subjectLine: "x".repeat(30_000), text: "x".repeat(30_001) }],
  ["note", { ...codeWords("x"), note: "x".repeat(501) }],
])("D1 %s that is too long is kept by nobody", async (field, typed) => {
  const ana = await makeStaff("marketing");
  const form = await formOf(ana, codeText, typed);
  const invalid = { kind: "invalid", faults: [{ field, error: "too-long" }] };
  expect(await saveDraft(ana, codeText, form)).toEqual(invalid);
  expect(await askToPublish(ana, codeText, form)).toEqual(invalid);
  expect(await draftOf(codeText)).toBeNull();
});

test("what the gate refuses is not asked for, and stays as it was typed", async () => {
  const ana = await makeStaff("marketing");
  const typed = { ...codeWords("Bonjour"), text: "No code here" };
  const refused = await askToPublish(ana, codeText, await formOf(ana, codeText, typed));
  expect(refused).toMatchObject({ kind: "refused" });
  const refusals = refused.kind === "refused" ? refused.refusals : [];
  expect(refusals.map(({ finding }) => finding.kind)).toContain("required-missing");
  expect(await draftOf(codeText)).toMatchObject({ text: "No code here", state: "draft" });
});

test("those who may publish it are mailed once that it waits, and no author is", async () => {
  const [ana, rui, eva] = [
    await makeStaff("marketing"),
    await makeStaff("support"),
    await makeStaff("admin"),
  ];
  await save(rui, codeText, codeWords("Salut"));
  await ask(ana, codeText, { ...codeWords("Bonjour"), note: "For the summer" });
  const page = await readText(ana, codeText);
  await askToPublish(ana, codeText, {
    ...codeWords("Bonjour"),
    ...{ note: "For the summer", seen: page?.revision ?? "", base: page?.base ?? "" },
  });
  const mails = await db.mail.findMany({ where: { kind: "template-waits" } });
  const mailed = mails.filter(({ accountId }) =>
    [ana, rui, eva].some(({ session }) => session.accountId === accountId),
  );
  expect(mailed).toMatchObject([
    {
      recipient: eva.session.account.email,
      facts: {
        about: {
          ...{ text: "sign-in-code/fr", note: "For the summer" },
          by: ana.session.account.email,
        },
      },
    },
  ]);
});

test("nothing is asked for where the draft says what is live", async () => {
  const ana = await makeStaff("marketing");
  await publishWords(codeText, codeWords("Bonjour"));
  const same = await formOf(ana, codeText, codeWords("Bonjour"));
  expect(await askToPublish(ana, codeText, same)).toEqual({ kind: "nothing-to-publish" });
  await save(ana, codeText, codeWords("Salut"));
  const back = await formOf(ana, codeText, codeWords("Bonjour"));
  expect(await askToPublish(ana, codeText, back)).toEqual({ kind: "nothing-to-publish" });
});

test("what waits is sent back with a reason, which the next save takes away", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  const seen = await ask(ana, codeText, codeWords("Bonjour"));
  const back = (typed: { seen: string; reason: string }) => sendBack(rui, codeText, typed);
  expect(await back({ seen, reason: " " })).toEqual({ kind: "invalid", error: "reasonMissing" });
  const long = { seen, reason: "x".repeat(501) };
  expect(await back(long)).toEqual({ kind: "invalid", error: "reasonTooLong" });
  const other = { seen: crypto.randomUUID(), reason: "Too long" };
  expect(await back(other)).toEqual({ kind: "outdated" });
  expect(await back({ seen, reason: "Too\nlong" })).toEqual({ kind: "sent-back" });
  expect(await back({ seen, reason: "Too long" })).toEqual({ kind: "not-asked" });
  expect((await readText(ana, codeText))?.draft).toMatchObject({
    ...{ state: "draft", sentBack: "Too long" },
  });
  await save(ana, codeText, codeWords("Salut"));
  expect((await readText(ana, codeText))?.draft?.sentBack).toBeNull();
  const nothing = await sendBack(rui, placeText, { seen, reason: "Too long" });
  expect(nothing).toEqual({ kind: "nothing-to-publish" });
});

test("a draft is discarded as it was shown, once, and its authors stay authors", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  const seen = await save(ana, codeText, codeWords("Bonjour"));
  const other = { seen: crypto.randomUUID() };
  expect(await discardDraft(rui, codeText, other)).toEqual({ kind: "outdated" });
  expect(await discardDraft(rui, codeText, { seen })).toEqual({ kind: "discarded" });
  expect(await discardDraft(rui, codeText, { seen })).toEqual({ kind: "nothing-to-discard" });
  expect(await readText(rui, codeText)).toMatchObject({ draft: null, state: "built-in" });
  expect((await draftOf(codeText))?.text).toBe("");
  await save(rui, codeText, codeWords("Salut"));
  const page = await readText(rui, codeText);
  expect(page?.draft?.authors).toHaveLength(2);
});

test("who is signed out, or has another role by now, does nothing", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  const form = await formOf(ana, codeText, codeWords("Bonjour"));
  await db.session.update({ where: { id: ana.session.id }, data: { endedAt: new Date() } });
  expect(await saveDraft(ana, codeText, form)).toEqual({ kind: "signed-out" });
  for (const role of ["customer", "admin"]) {
    await db.account.update({ where: { id: rui.session.accountId }, data: { role } });
    expect(await saveDraft(rui, codeText, form)).toEqual({ kind: "signed-out" });
    expect(await askToPublish(rui, codeText, form)).toEqual({ kind: "signed-out" });
  }
  expect(await draftOf(codeText)).toBeNull();
});

test("what was done is in the audit log, and what was not is not", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  const before = (await actions()).length;
  await save(ana, placeText, placeWords("Bonjour"));
  const seen = await ask(ana, placeText, placeWords("Bonsoir"));
  await sendBack(rui, placeText, { seen, reason: "Too short" });
  await sendBack(rui, placeText, { seen, reason: "Too short" });
  const bad = { ...placeWords("Nuit"), text: "Nothing" };
  await askToPublish(ana, placeText, await formOf(ana, placeText, bad));
  const page = await readText(ana, placeText);
  await discardDraft(ana, placeText, { seen: page?.revision ?? "" });
  expect((await actions()).slice(before)).toEqual([
    ...["template-saved", "template-asked", "template-sent-back", "template-saved"],
    "template-discarded",
  ]);
  const entry = await db.auditEntry.findFirst({
    where: { action: "template-sent-back" },
    orderBy: { seq: "desc" },
  });
  expect(entry).toMatchObject({
    ...{ subjectKind: "template", subjectId: "place-trusted/fr", reason: "Too short" },
  });
});
