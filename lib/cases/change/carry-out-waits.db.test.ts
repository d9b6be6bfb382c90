import { afterEach, expect, test } from "vitest";
import { carryOutCases, remindOwners } from "@/lib/cases/change/carry-out-cases";
import { db } from "@/lib/db/client";
import { decideNow, kindsTo, makeCase } from "@/lib/testing/case-review";
import { laterHours, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { caseNow } from "@/lib/testing/drafts";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();
stoppedClock();

afterEach(async () => {
  await db.recoveryCase.deleteMany();
  await db.mail.deleteMany();
});

const settle = (kind: string, state: string) =>
  db.mail.updateMany({ where: { kind, state: "queued" }, data: { state } });

/** A case that two admins agreed to, whose account becomes one of the staff without a word. */
async function makeApproved(roles: ("support" | "admin")[] = ["support", "support"]) {
  const { id, accountId } = await makeCase();
  const staff = await Promise.all(roles.map((role) => makeStaff(role)));
  for (const one of staff) await decideNow(one, id, "approve");
  return { ...(await caseNow(id)), accountId: accountId ?? "", staff };
}

const stateOf = async (id: string) => (await caseNow(id)).state;
const setRole = (id: string, role: string) => db.account.update({ where: { id }, data: { role } });

test.each(["sent", "dropped"])("a change waits until word to the owner is %s", async (state) => {
  const { id } = await makeApproved();
  laterHours(72);
  await carryOutCases();
  expect(await stateOf(id)).toBe("approved");
  await settle("case-will-change", state);
  await carryOutCases();
  expect(await stateOf(id)).toBe("done");
});

test("a change waits for the reminder too", async () => {
  const { id } = await makeApproved();
  await settle("case-will-change", "sent");
  laterHours(36);
  await remindOwners();
  laterHours(72);
  await carryOutCases();
  expect(await stateOf(id)).toBe("approved");
  await settle("case-reminder", "sent");
  await carryOutCases();
  expect(await stateOf(id)).toBe("done");
});

test("word that cannot be sent holds a change up for 72 hours, and no longer", async () => {
  const { id } = await makeApproved();
  laterHours(72 + 71.9);
  await carryOutCases();
  expect(await stateOf(id)).toBe("approved");
  laterHours(72 + 72);
  await carryOutCases();
  expect(await stateOf(id)).toBe("done");
});

test("word of another case, or of what was stopped by an objection, holds up nothing", async () => {
  const { id } = await makeApproved();
  await db.accountLink.updateMany({
    where: { targetId: id },
    data: { endedAt: start, endedBecause: "used" },
  });
  await makeApproved();
  laterHours(72);
  await carryOutCases();
  expect(await stateOf(id)).toBe("done");
});

test.each([[["support", "support"]], [["admin", "support"]]] as const)(
  "an account that is staff by now is not changed on the word of %j",
  async (roles) => {
    const { id, accountId, accountEmail, newEmail } = await makeApproved([...roles]);
    await settle("case-will-change", "sent");
    await setRole(accountId, "support");
    laterHours(72);
    await carryOutCases();
    const cooling = { approvedAt: null, remindAt: null, remindedAt: null, coolsUntil: null };
    expect(await caseNow(id)).toMatchObject({ state: "open", round: 2, ...cooling });
    const account = await db.account.findUniqueOrThrow({ where: { id: accountId } });
    expect(account).toMatchObject({ email: accountEmail, passwordOffAt: null });
    expect(await kindsTo(newEmail)).toEqual(["case-approved"]);
  },
);

test("an account that is staff by now is changed for two admins, as long as both are", async () => {
  const [whole, former] = [
    await makeApproved(["admin", "admin"]),
    await makeApproved(["admin", "admin"]),
  ];
  await settle("case-will-change", "sent");
  for (const { accountId } of [whole, former]) await setRole(accountId, "admin");
  await setRole(former.staff[0]?.session.accountId ?? "", "support");
  laterHours(72);
  await carryOutCases();
  expect(await stateOf(whole.id)).toBe("done");
  expect(await stateOf(former.id)).toBe("open");
});

test("who agreed and is gone by now has not agreed to an account that is staff", async () => {
  const { id, accountId, staff } = await makeApproved(["admin", "admin"]);
  await settle("case-will-change", "sent");
  await setRole(accountId, "support");
  await db.account.delete({ where: { id: staff[1]?.session.accountId ?? "" } });
  laterHours(72);
  await carryOutCases();
  expect(await stateOf(id)).toBe("open");
});
