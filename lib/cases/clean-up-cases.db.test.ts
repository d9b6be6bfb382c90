import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { cleanUp } from "@/lib/jobs/clean-up";
import { makeActor } from "@/lib/testing/actors";
import { laterDays, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { applicantOf, caseNow, fillIn, sentCase, startFor } from "@/lib/testing/drafts";
import { freshAddress } from "@/lib/testing/people";

testDatabase();
stoppedClock();

const exists = async (id: string) => (await db.recoveryCase.count({ where: { id } })) === 1;

test("a draft is deleted a day after its end, with all it holds", async () => {
  const id = await startFor(applicantOf(await makeActor()));
  await fillIn(id, freshAddress());
  laterDays(1.9);
  await cleanUp();
  expect(await exists(id)).toBe(true);
  laterDays(2.1);
  await cleanUp();
  expect(await exists(id)).toBe(false);
  expect(await db.caseDocument.count({ where: { caseId: id } })).toBe(0);
});

test("documents are purged 30 days after the end of their case; the case and their names stay", async () => {
  const { id } = await sentCase(applicantOf(await makeActor()));
  const open = await sentCase(applicantOf(await makeActor()));
  await db.recoveryCase.update({ where: { id }, data: { state: "refused", endedAt: start } });
  const documentOf = (caseId: string) => db.caseDocument.findFirstOrThrow({ where: { caseId } });
  laterDays(29.9);
  await cleanUp();
  expect((await documentOf(id)).sealed).not.toBeNull();
  laterDays(30.1);
  await cleanUp();
  expect(await documentOf(id)).toMatchObject({ sealed: null, name: "invoice-0.pdf" });
  expect(await caseNow(id)).toMatchObject({ state: "refused" });
  expect((await documentOf(open.id)).sealed).not.toBeNull();
});

test("a case that belongs to no account is deleted with its documents; one that waits is not", async () => {
  const nobody = { proof: "nothing" } as const;
  const [ended, open] = [
    await sentCase(nobody, { typed: freshAddress() }),
    await sentCase(nobody, { typed: freshAddress() }),
  ];
  const data = { state: "refused", endedAt: start };
  await db.recoveryCase.update({ where: { id: ended.id }, data });
  laterDays(30.1);
  await cleanUp();
  expect(await exists(ended.id)).toBe(false);
  expect(await exists(open.id)).toBe(true);
});
