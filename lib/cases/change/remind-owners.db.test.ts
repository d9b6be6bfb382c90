import { afterEach, expect, test } from "vitest";
import { carryOutCases, remindOwners } from "@/lib/cases/change/carry-out-cases";
import { db } from "@/lib/db/client";
import { addFurther, makeActor } from "@/lib/testing/actors";
import { decideNow, kindsTo, makeApproved, queueUp, sendWord } from "@/lib/testing/case-review";
import { hoursAfter, laterHours, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { caseNow } from "@/lib/testing/drafts";
import { freshAddress } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();
stoppedClock();

afterEach(async () => {
  await db.recoveryCase.deleteMany();
});

test("the old addresses are reminded once, halfway, each with a link to object", async () => {
  const { accountId, account } = (await makeActor()).session;
  const second = freshAddress();
  await addFurther(accountId, second);
  const { id, newEmail, coolsUntil } = await makeApproved({ accountId });
  laterHours(35.9);
  await remindOwners();
  expect((await caseNow(id)).remindedAt).toBeNull();
  laterHours(36);
  await queueUp(accountId, [remindOwners, remindOwners, remindOwners]);
  laterHours(40);
  await remindOwners();
  expect(await caseNow(id)).toMatchObject({ state: "approved", remindedAt: hoursAfter(36) });
  for (const recipient of [account.email, second]) {
    expect(await kindsTo(recipient)).toEqual(["case-will-change", "case-reminder"]);
    const mail = await db.mail.findFirstOrThrow({ where: { recipient, kind: "case-reminder" } });
    expect(mail).toMatchObject({ facts: { until: coolsUntil?.toISOString() } });
    const link = await db.accountLink.findUniqueOrThrow({ where: { id: mail.linkRowId ?? "" } });
    expect(link).toMatchObject({ purpose: "object-case", targetId: id, endedAt: null });
  }
  expect(await kindsTo(newEmail)).toEqual(["case-approved"]);
});

test("nobody is reminded of what is already due", async () => {
  const { accountEmail } = await makeApproved();
  laterHours(72);
  await remindOwners();
  await carryOutCases();
  expect(await kindsTo(accountEmail)).toEqual(["case-will-change", "case-changed"]);
});

test("approved anew after an objection, the old addresses are reminded anew", async () => {
  const { id, accountEmail } = await makeApproved();
  laterHours(36);
  await remindOwners();
  const objection = {
    state: "open",
    objectedAt: hoursAfter(37),
    objectedBy: accountEmail,
    round: 2,
  };
  await db.recoveryCase.update({ where: { id }, data: objection });
  laterHours(40);
  await decideNow(await makeStaff("support"), id, "approve");
  await decideNow(await makeStaff("support"), id, "approve");
  await sendWord();
  laterHours(73);
  await carryOutCases();
  expect((await caseNow(id)).state).toBe("approved");
  laterHours(76);
  await remindOwners();
  expect((await kindsTo(accountEmail)).filter((kind) => kind === "case-reminder")).toHaveLength(2);
  await sendWord();
  laterHours(112);
  await carryOutCases();
  expect((await caseNow(id)).state).toBe("done");
});
