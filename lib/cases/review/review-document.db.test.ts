import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { inlineDisposition, viewDocument } from "@/lib/cases/review/review-document";
import { db } from "@/lib/db/client";
import { auditOf } from "@/lib/testing/audit";
import { addDocument, makeCase } from "@/lib/testing/case-review";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

const viewsOf = async (caseId: string) =>
  (await auditOf(caseId)).filter(({ action }) => action === "document-viewed");

test("a document opens as it was sent, and each look is in the audit log", async () => {
  const staff = await makeStaff("support");
  const { id: caseId, reference } = await makeCase();
  const bytes = Buffer.from("the bytes of a picture");
  const { id: documentId } = await addDocument(caseId, { name: "Pass é.png", bytes });
  const opened = await viewDocument(staff, { caseId, documentId });
  expect(opened).toMatchObject({ name: "Pass é.png", type: "image/png" });
  expect(Buffer.from(opened?.bytes ?? [])).toEqual(bytes);
  await viewDocument(staff, { caseId, documentId });
  const details = { reference, document: documentId };
  expect(await viewsOf(caseId)).toMatchObject([{ details }, { details }]);
});

test("a document opens by its own case alone", async () => {
  const staff = await makeStaff("support");
  const [one, other] = [await makeCase(), await makeCase()];
  const { id: documentId } = await addDocument(one.id);
  expect(await viewDocument(staff, { caseId: other.id, documentId })).toBeNull();
  const draft = await makeCase({ state: "draft", sentAt: null });
  const unsent = await addDocument(draft.id);
  expect(await viewDocument(staff, { caseId: draft.id, documentId: unsent.id })).toBeNull();
  expect([...(await viewsOf(other.id)), ...(await viewsOf(draft.id))]).toEqual([]);
});

test("what was purged, tampered with, sealed with a lost secret, or is of another type does not open", async () => {
  const staff = await makeStaff("support");
  const { id: caseId } = await makeCase();
  const [purged, tampered, lost, script] = await Promise.all(
    [1, 2, 3, 4].map(() => addDocument(caseId)),
  );
  const change = (id: string | undefined, data: object) =>
    db.caseDocument.update({ where: { id: id ?? "" }, data });
  await change(purged?.id, { sealed: null });
  await change(tampered?.id, { sealed: new Uint8Array(64) });
  await change(lost?.id, { secretId: "gone" });
  await change(script?.id, { type: "text/html" });
  for (const document of [purged, tampered, lost, script]) {
    expect(await viewDocument(staff, { caseId, documentId: document?.id ?? "" })).toBeNull();
  }
  expect(await viewsOf(caseId)).toEqual([]);
});

test.each(["", "x", "%00", randomUUID()])("no document has the id %j", async (id) => {
  const staff = await makeStaff("support");
  const { id: caseId } = await makeCase();
  expect(await viewDocument(staff, { caseId, documentId: id })).toBeNull();
  expect(await viewDocument(staff, { caseId: id, documentId: randomUUID() })).toBeNull();
});

test("a name cannot leave its header: quotes, lines, other alphabets", () => {
  expect(inlineDisposition("passport.pdf")).toBe("inline; filename*=UTF-8''passport.pdf");
  const hostile = inlineDisposition(`a"; b='c'\r\nSet-Cookie: x=(1)* é 猫.pdf`);
  expect(hostile).toMatch(/^inline; filename\*=UTF-8''[\w.%~!-]+$/);
  const [, encoded = ""] = hostile.split("''");
  expect(decodeURIComponent(encoded)).toBe(`a"; b='c'\r\nSet-Cookie: x=(1)* é 猫.pdf`);
});
