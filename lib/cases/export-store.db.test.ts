import { expect, test } from "vitest";
import { findCasesForExport } from "@/lib/cases/export-store";
import { db } from "@/lib/db/client";
import { makeActor } from "@/lib/testing/actors";
import { addDocument, makeCase } from "@/lib/testing/case-review";
import { testDatabase } from "@/lib/testing/database";

testDatabase();

const words = {
  whatHappened: "I have lost my mailbox, says a stranger.",
  moreAsked: "Please send the passport of Mallory.",
  refusedBecause: "The passport is of Mallory.",
};

/** A case of an account with everything that somebody wrote. */
async function writtenCase(accountId: string, proof: string): Promise<string> {
  const { id } = await makeCase({ accountId, proof, ...words });
  await addDocument(id, { name: "passport-mallory.png" });
  const { moreAsked: reason } = words;
  const by = { staffId: accountId, staffName: "Rita", verdict: "ask", round: 1, at: new Date() };
  await db.caseDecision.create({ data: { caseId: id, reason, ...by } });
  return id;
}

test("what a stranger wrote, sent and got is not in the customer's export; that it was sent is", async () => {
  const { accountId } = (await makeActor()).session;
  const id = await writtenCase(accountId, "nothing");
  const found = await findCasesForExport(db, accountId);
  expect(JSON.stringify(found)).not.toMatch(/mallory|stranger/i);
  expect(found.cases).toMatchObject([{ id, proof: "nothing" }]);
  expect(found.caseDocuments).toMatchObject([{ caseId: id, type: "image/png" }]);
  expect(found.caseDecisions).toMatchObject([{ caseId: id, verdict: "ask" }]);
});

test.each(["password", "session"])("who has proven a %s reads their own words", async (proof) => {
  const { accountId } = (await makeActor()).session;
  await writtenCase(accountId, "nothing");
  const id = await writtenCase(accountId, proof);
  const found = await findCasesForExport(db, accountId);
  expect(found.cases.find((one) => one.id === id)).toMatchObject(words);
  const documents = found.caseDocuments.filter(({ caseId }) => caseId === id);
  expect(documents).toMatchObject([{ name: "passport-mallory.png" }]);
  const decisions = found.caseDecisions.filter(({ caseId }) => caseId === id);
  expect(decisions).toMatchObject([{ reason: words.moreAsked }]);
  expect(JSON.stringify(found).match(/I have lost/g)).toHaveLength(1);
});
