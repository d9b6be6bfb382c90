import { expect, test } from "vitest";
import { carryOutCases } from "@/lib/cases/change/carry-out-cases";
import { db } from "@/lib/db/client";
import { hashPassword } from "@/lib/password/password-hash";
import { changePassword } from "@/lib/recovery/change-password";
import { endOtherSessions } from "@/lib/sessions/end-sessions";
import { changeRole } from "@/lib/staff/change-role";
import { resetFactors } from "@/lib/staff/reset-factors";
import { endCustomerSessions } from "@/lib/support/end-customer-sessions";
import { equip } from "@/lib/testing/access";
import { actorsPassword, changeEmail, makeActor } from "@/lib/testing/actors";
import { makeApproved } from "@/lib/testing/case-review";
import { testDatabase } from "@/lib/testing/database";
import { addApp } from "@/lib/testing/factors";
import { freshAddress, makeAccount } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";
import { sharedIp, type Taker, takers } from "@/lib/testing/taking-away";
import { endDueFactors } from "@/lib/two-step/end-due-factors";

testDatabase();

const reason = "Caller says that somebody else is in";

/** What narrows access beside what takes it away for good. */
const narrowers: Record<string, Taker> = {
  "another role": {
    says: "changed",
    prepare: async ({ id: accountId }) => {
      await db.account.update({ where: { id: accountId }, data: { role: "support" } });
      return () => changeRole(null, { accountId, role: "marketing", reason: "" });
    },
  },
  "the command takes the second factors away": {
    says: "reset",
    prepare: async ({ id: accountId, email }) => {
      await db.account.update({ where: { id: accountId }, data: { role: "support" } });
      await addApp(accountId);
      return () => resetFactors(email);
    },
  },
  "a case of a lost second factor is carried out": {
    says: "done",
    prepare: async ({ id: accountId }) => {
      await addApp(accountId);
      const ofFactors = { lost: "second-factor", newEmail: null, newEmailConfirmedAt: null };
      const { id } = await makeApproved({ accountId, ...ofFactors });
      await db.recoveryCase.update({ where: { id }, data: { coolsUntil: new Date(0) } });
      return async () => {
        await carryOutCases();
        const { state } = await db.recoveryCase.findUniqueOrThrow({ where: { id } });
        return { kind: state };
      };
    },
  },
  "the first second factor ends, which nobody kept": {
    says: "gone",
    prepare: async ({ id: accountId }) => {
      const { id } = await addApp(accountId);
      const ends = { factorsEndAt: new Date(), factorsEndOf: id };
      await db.account.update({ where: { id: accountId }, data: ends });
      return async () => {
        await endDueFactors();
        const left = await db.authenticatorApp.count({ where: { accountId } });
        return { kind: left === 0 ? "gone" : "there" };
      };
    },
  },
  "a new password": {
    says: "changed",
    prepare: async ({ id: accountId }) => {
      const actor = await makeActor({ accountId, ip: "192.0.2.200" });
      const passwords = { currentPassword: actorsPassword, newPassword: "another long passphrase" };
      return () => changePassword({ ...actor, ...passwords, signOutElsewhere: false });
    },
  },
  "signing out everywhere else": {
    says: "ended",
    prepare: async ({ id: accountId }) => {
      const actor = await makeActor({ accountId, ip: "192.0.2.200" });
      return () => endOtherSessions(actor);
    },
  },
  "support signs out everywhere": {
    says: "ended",
    prepare: async ({ id: customerId }) => {
      const staff = await makeStaff("support");
      return () => endCustomerSessions({ staff, customerId, reason });
    },
  },
  "another contact e-mail": {
    says: "changed",
    prepare: async ({ id: accountId }) => {
      const actor = await makeActor({ accountId, ip: "192.0.2.200" });
      return async () => {
        await changeEmail(actor, freshAddress());
        return { kind: "changed" };
      };
    },
  },
};

const places = ["shared place", "other place"];
const seen = ["browser seen at the shared place", "browser seen at the other place"];
const addresses = ["further address", "asked address", "link of an asked address"];
const back = ["undoing of a change", "not-me link", "not-me link that undoes"];
const owners = [...addresses, ...places, ...seen, "phone"];
const signedIn = ["session", "trusted browser"];
const codes = ["pending sign-in", "pending widening"];
const waiting = "waiting change of e-mail";
const kept = ["support PIN", "password"];
const allButThere = [
  ...[...signedIn, ...codes, "reset link", waiting, ...back, ...addresses],
  ...["other place", "browser seen at the other place", "phone", ...kept],
];

/** What stays after each act, and the cause that all the rest says. */
const after: Record<string, { stays: string[]; says: string[] }> = {
  "“That was not me”": {
    stays: [
      ...["undoing of a change", "not-me link that undoes", ...addresses],
      ...["other place", "browser seen at the other place", "phone"],
    ],
    says: ["not-me"],
  },
  "support switches the password off": { stays: [...back, ...owners], says: ["switched-off"] },
  "a case is carried out": { stays: [], says: ["case"] },
  "the place is removed": { stays: allButThere, says: [] },
  "support forgets the place": { stays: allButThere, says: [] },
  "an invitation to the staff is accepted": {
    stays: ["reset link", ...owners, ...kept],
    says: ["role-changed"],
  },
  "a new password by a mailed link": {
    stays: [...back, ...owners, "password"],
    says: ["password-changed", "password-reset"],
  },
  "a new password that signs out everywhere else": {
    stays: [...back, ...owners, "password"],
    says: ["password-changed"],
  },
  "the account is erased": { stays: [], says: [] },
  "another role": {
    stays: ["reset link", waiting, ...back, ...owners, ...kept],
    says: ["role-changed"],
  },
  "the command takes the second factors away": {
    stays: ["trusted browser", "reset link", waiting, ...back, ...owners, ...kept],
    says: ["factor-changed"],
  },
  "a case of a lost second factor is carried out": {
    stays: ["reset link", waiting, ...back, ...owners, ...kept],
    says: ["factors-case"],
  },
  "the first second factor ends, which nobody kept": {
    stays: ["reset link", waiting, ...back, ...owners, ...kept],
    says: ["factors-ended"],
  },
  "a new password": {
    stays: [...signedIn, ...back, ...owners, "password"],
    says: ["password-changed"],
  },
  "signing out everywhere else": {
    stays: [...codes, "reset link", waiting, ...back, ...owners, ...kept],
    says: ["signed-out-elsewhere"],
  },
  "support signs out everywhere": {
    stays: [...codes, "reset link", waiting, ...back, ...owners, ...kept],
    says: ["ended-by-support"],
  },
  "another contact e-mail": {
    stays: [...signedIn, ...back, ...owners, ...kept],
    // The change that waited was replaced by this one, before anybody was shut out.
    says: ["email-changed", "superseded"],
  },
};

for (const [name, { says, prepare }] of Object.entries({ ...takers, ...narrowers })) {
  test(`${name}: exactly that ends which opens the account by it, and says why`, async () => {
    const passwordHash = await hashPassword(actorsPassword);
    const account = await makeAccount({ trusted: [sharedIp], passwordHash });
    const press = await prepare(account);
    const { stillOpen, causes } = await equip(account.id);
    expect(await press()).toMatchObject({ kind: says });
    expect((await stillOpen()).sort()).toEqual([...(after[name]?.stays ?? ["?"])].sort());
    expect(await causes()).toEqual(after[name]?.says);
  });
}
