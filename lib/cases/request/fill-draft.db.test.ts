import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { openDocument } from "@/lib/cases/documents/document-seal";
import { findSealedDocument } from "@/lib/cases/documents/document-store";
import { addDocument } from "@/lib/cases/request/add-document";
import { readDraftPage } from "@/lib/cases/request/draft-page";
import { discardDraft, removeDocument, saveStory } from "@/lib/cases/request/fill-draft";
import { sendCase } from "@/lib/cases/request/send-case";
import { DOCUMENT_MAX_BYTES } from "@/lib/cases/rules/limits";
import { db } from "@/lib/db/client";
import { later, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { joined, jpeg, pdf, png, zip } from "@/lib/testing/documents";
import {
  askAddress,
  caseNow,
  draftOf,
  fillIn,
  newDraft,
  somewhere,
  story,
} from "@/lib/testing/drafts";
import { freshAddress } from "@/lib/testing/people";

testDatabase();
stoppedClock();

const add = (id: string, name: string, bytes: Uint8Array) =>
  addDocument(id, { name, bytes }, somewhere());

test("what happened is saved as typed; too short or too long it is kept all the same, and not done", async () => {
  const id = await newDraft();
  expect(await saveStory(id, `  ${story}\r\nYes.  `)).toEqual({ kind: "saved" });
  expect((await draftOf(id)).story).toEqual({ text: `${story}\nYes.`, isDone: true });
  for (const [text, fault] of [
    ["", "missing"],
    ["Too short.", "too-short"],
    ["é".repeat(2_001), "too-long"],
  ] as const) {
    expect(await saveStory(id, text)).toEqual({ kind: "saved-but", fault });
    expect((await draftOf(id)).story).toEqual({ text, isDone: false });
    expect((await draftOf(id)).missing).toContain("story");
  }
  expect(await saveStory(id, "é".repeat(20))).toEqual({ kind: "saved" });
  expect(await saveStory(id, "😀".repeat(2_000))).toEqual({ kind: "saved" });
});

test("a document is kept under what it is by its content, and opens again", async () => {
  const id = await newDraft();
  expect(await add(id, "C:\\scans\\invoice.exe", pdf())).toEqual({
    kind: "added",
    name: "invoice.exe.pdf",
  });
  later(1);
  await add(id, "front.pdf", png());
  later(2);
  await add(id, "back", joined(jpeg(), zip()));
  const { documents } = await draftOf(id);
  expect(documents.map(({ name, type, size }) => [name, type, size])).toEqual([
    ["invoice.exe.pdf", "application/pdf", pdf().length],
    ["front.pdf.png", "image/png", png().length],
    ["back.jpg", "image/jpeg", jpeg().length],
  ]);
  const last = await findSealedDocument(db, { id: documents[2]?.id ?? "", caseId: id });
  expect(last && openDocument(last)).toEqual(jpeg());
});

test.each([
  ["nothing", new Uint8Array(), "empty"],
  ["a web page called .pdf", joined("<html><script>alert(1)</script>"), "wrong-type"],
  ["an archive", zip(), "wrong-type"],
  ["a PDF with an archive as its end", joined(pdf(), zip("%%EOF")), "wrong-type"],
  ["half a picture", png().subarray(0, 40), "damaged"],
  ["a picture that would burst", png(60_000, 60_000), "too-many-pixels"],
  ["one byte too many", joined(pdf(), new Uint8Array(DOCUMENT_MAX_BYTES)), "too-large"],
])("%s is refused, and nothing is kept of it", async (_, bytes, because) => {
  const id = await newDraft();
  expect(await add(id, "id.pdf", bytes)).toEqual({ kind: "refused", because });
  expect((await draftOf(id)).documents).toEqual([]);
});

test("a case holds five documents, also when ten come at the same moment", async () => {
  const id = await newDraft();
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, (_, index) => add(id, `${index}.pdf`, pdf(`Page ${index}`))),
  );
  expect(outcomes.filter(({ kind }) => kind === "added")).toHaveLength(5);
  expect(outcomes.filter(({ kind }) => kind === "refused")).toHaveLength(5);
  expect(await draftOf(id)).toMatchObject({ hasRoom: false });
  const [first] = (await draftOf(id)).documents;
  expect(await removeDocument(id, first?.id ?? "")).toEqual({ kind: "removed" });
  expect((await add(id, "more.pdf", pdf("More"))).kind).toBe("added");
});

test("a form that comes twice adds its document once", async () => {
  const id = await newDraft();
  const outcomes = await Promise.all([add(id, "a.pdf", pdf()), add(id, "a.pdf", pdf())]);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["added", "known"]);
  expect((await add(id, "b.pdf", pdf("other!!"))).kind).toBe("added");
});

test("one network adds thirty documents an hour", async () => {
  const client = somewhere();
  const hits = Array.from({ length: 29 }, () => start);
  const key = `cases/documents/${client.network}`;
  await db.rateWindow.create({ data: { key, subject: key, hits, admitted: true, askedAt: start } });
  const id = await newDraft();
  expect((await addDocument(id, { name: "a.pdf", bytes: pdf() }, client)).kind).toBe("added");
  expect(await addDocument(id, { name: "b.pdf", bytes: pdf("b") }, client)).toEqual({
    kind: "too-many",
    until: new Date("2026-11-22T13:00:00Z"),
  });
});

test("nobody removes a document of another draft, nor one that is not there, nor one of a sent case", async () => {
  const [mine, theirs] = [await newDraft(), await newDraft()];
  await add(theirs, "a.pdf", pdf());
  const [document] = (await draftOf(theirs)).documents;
  const documentId = document?.id ?? "";
  for (const id of [documentId, randomUUID()]) {
    expect(await removeDocument(mine, id)).toEqual({ kind: "not-there" });
  }
  for (const id of ["", "' OR true --"]) {
    expect(await removeDocument(mine, id)).toEqual({ kind: "unknown" });
  }
  expect((await draftOf(theirs)).documents).toHaveLength(1);
  await fillIn(theirs, freshAddress(), 0);
  await sendCase(theirs, somewhere());
  expect(await removeDocument(theirs, documentId)).toEqual({ kind: "no-draft" });
  expect(await db.caseDocument.count({ where: { caseId: theirs } })).toBe(1);
});

test("after 24 hours a draft takes nothing more", async () => {
  const id = await newDraft();
  await add(id, "a.pdf", pdf());
  const [document] = (await draftOf(id)).documents;
  later(24 * 60);
  expect(await saveStory(id, story)).toEqual({ kind: "no-draft" });
  expect(await add(id, "b.pdf", pdf("b"))).toEqual({ kind: "over" });
  expect(await removeDocument(id, document?.id ?? "")).toEqual({ kind: "no-draft" });
  expect((await caseNow(id)).whatHappened).toBeNull();
});

test("a draft that is given up is emptied at once, and its codes count on", async () => {
  const [id, email] = [await newDraft(), freshAddress()];
  await fillIn(id, email);
  await askAddress(id, freshAddress());
  await discardDraft(id);
  expect(await readDraftPage(id)).toEqual({ kind: "lapsed", at: start });
  expect(await db.caseDocument.count({ where: { caseId: id } })).toBe(0);
  expect((await caseNow(id)).whatHappened).toBeNull();
  expect(await db.challenge.count({ where: { caseId: id } })).toBe(2);
  expect(await db.challenge.count({ where: { caseId: id, endedAt: null } })).toBe(0);
  await discardDraft(id);
  await discardDraft(null);
});

test("a sent case cannot be given up as a draft", async () => {
  const id = await newDraft();
  await fillIn(id, freshAddress());
  await sendCase(id, somewhere());
  await discardDraft(id);
  expect(await caseNow(id)).toMatchObject({ state: "open", whatHappened: story });
});
