import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { newReference } from "@/lib/secrets/reference";
import { findSubject } from "@/lib/support/find-subject";
import { nameSubjects } from "@/lib/support/name-subjects";
import { blockAt, makeCase, startSignIn } from "@/lib/testing/callers";
import { testDatabase } from "@/lib/testing/database";
import { makeAccount } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

const find = async (typed: string) => findSubject(await makeStaff("support"), typed);

async function named(name: string): Promise<string> {
  const { id } = await makeAccount();
  await db.account.update({ where: { id }, data: { name } });
  return id;
}

test("whoever is alone meant by what was typed is the subject: by address, name, reference or id", async () => {
  const { id, email } = await makeAccount();
  const name = `Zé ${randomUUID()}`;
  await db.account.update({ where: { id }, data: { name } });
  const block = await blockAt(id);
  const { reference } = await startSignIn(id, "198.51.100.5");
  for (const typed of [` ${email} `, name, block, reference, id.toUpperCase()]) {
    expect(await find(typed), typed).toEqual({ kind: "one", subjectId: id });
  }
  const { id: caseId, reference: caseReference } = await makeCase(null);
  expect(await find(caseReference)).toEqual({ kind: "one", subjectId: caseId });
});

test("whoever may be meant is offered: namesakes, and a case beside its customer", async () => {
  const word = `Silva${randomUUID().slice(0, 8)}`;
  const [one, other] = [await named(`Ana ${word}`), await named(`Rui ${word}`)];
  const namesakes = await find(word);
  expect(namesakes).toMatchObject({ kind: "several", recoveryCase: null, hasMore: false });
  expect(namesakes).toMatchObject({ customers: [{ id: one }, { id: other }] });
  const recoveryCase = await makeCase(one);
  expect(await find(recoveryCase.reference)).toMatchObject({
    kind: "several",
    recoveryCase: { id: recoveryCase.id },
    customers: [{ id: one }],
  });
});

test("what means nobody is no subject, and a single character no search", async () => {
  const nobody = [
    newReference(),
    `${randomUUID()}@example.com`,
    `x${randomUUID()}`,
    "case-approvals",
  ];
  for (const typed of nobody) {
    expect(await find(typed), typed).toEqual({ kind: "none" });
  }
  expect(await find("a")).toEqual({ kind: "too-short" });
  expect((await find("x".repeat(100_000))).kind).toBe("none");
});

test("whom the log is filtered by was searched for: that stands in the log, without what was typed", async () => {
  const { email } = await makeAccount();
  const staff = await makeStaff("admin");
  await findSubject(staff, email);
  const entries = await db.auditEntry.findMany({ where: { actorId: staff.session.accountId } });
  expect(entries.map(({ action }) => action)).toEqual(["customer-searched"]);
  const kept = JSON.stringify(entries, (_, value) => (typeof value === "bigint" ? "" : value));
  expect(kept).not.toContain(email);
});

test("entries are about masked addresses and references; what is gone has no name", async () => {
  const { id } = await makeAccount({ email: "maria@example.com" });
  const { id: caseId, reference } = await makeCase(null);
  const names = await nameSubjects([id, id, caseId, randomUUID(), "case-approvals", ""]);
  expect(Object.fromEntries(names)).toEqual({
    [id]: { kind: "account", name: "m•••@e•••.com" },
    [caseId]: { kind: "case", name: reference },
  });
});
