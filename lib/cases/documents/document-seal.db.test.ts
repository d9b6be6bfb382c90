import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { openDocument, sealDocument } from "@/lib/cases/documents/document-seal";
import {
  findDocuments,
  findSealedDocument,
  storeDocument,
} from "@/lib/cases/documents/document-store";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { pdf } from "@/lib/testing/documents";
import { applicantOf, startFor } from "@/lib/testing/drafts";

testDatabase();

const [first, second] = ["first", "second"].map((secret) => secret.padEnd(32, "."));

function withSecrets(...secrets: (string | undefined)[]) {
  process.env.AUTH_SECRET = secrets.join(",");
  resetEnvironment();
}

afterEach(() => withSecrets(first));

const bytes = pdf("The passport of Ines Castro");

function sealed() {
  const id = randomUUID();
  return { id, ...sealDocument(id, bytes) };
}

test("a dump of the row holds nothing of the document, which opens again", async () => {
  const caseId = await startFor(applicantOf(await makeActor()));
  const document = sealed();
  const row = { name: "a.pdf", type: "application/pdf", size: bytes.length, addedAt: new Date() };
  await storeDocument(db, { ...document, ...row, caseId });
  const [dump] = await db.$queryRaw<{ row: string; sealed: Uint8Array }[]>`
    SELECT to_jsonb(d)::text AS row, sealed FROM case_document d WHERE id = ${document.id}::uuid`;
  expect(dump?.row).not.toContain(Buffer.from("Ines Castro").toString("hex"));
  expect(Buffer.from(dump?.sealed ?? []).includes("Ines Castro")).toBe(false);
  expect(Buffer.from(dump?.sealed ?? []).includes("%PDF")).toBe(false);
  const stored = await findSealedDocument(db, { id: document.id, caseId });
  expect(stored && openDocument(stored)).toEqual(bytes);
  expect(await findSealedDocument(db, { id: document.id, caseId: randomUUID() })).toBeNull();
  expect(JSON.stringify(await findDocuments(db, caseId))).not.toMatch(/sealed|secretId/);
});

test("the same document is never sealed twice alike", () => {
  const { id } = sealed();
  expect(sealDocument(id, bytes).sealed).not.toEqual(sealDocument(id, bytes).sealed);
});

test("a changed byte anywhere is found, and so are missing ones", () => {
  const document = sealed();
  const { length } = document.sealed;
  for (const at of [0, 11, 12, 40, length - 17, length - 16, length - 1]) {
    const changed = Uint8Array.from(document.sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(openDocument({ ...document, sealed: changed })).toBeNull();
  }
  for (const end of [0, 1, 27, 28, length - 1]) {
    expect(openDocument({ ...document, sealed: document.sealed.slice(0, end) })).toBeNull();
  }
});

test("what was moved to another row does not open there", () => {
  expect(openDocument({ ...sealed(), id: randomUUID() })).toBeNull();
});

test("a purged document opens as nothing", () => {
  expect(openDocument({ ...sealed(), sealed: null })).toBeNull();
});

test("a new AUTH_SECRET seals, the old one opens as long as it is there", () => {
  withSecrets(first);
  const old = sealed();
  withSecrets(second, first);
  expect(openDocument(old)).toEqual(bytes);
  const renewed = sealed();
  expect(renewed.secretId).not.toBe(old.secretId);
  withSecrets(second);
  expect(openDocument(old)).toBeNull();
  expect(openDocument(renewed)).toEqual(bytes);
});
