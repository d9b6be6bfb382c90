import { carryOutCases } from "@/lib/cases/change/carry-out-cases";
import { eraseClosedAccounts } from "@/lib/closing/erase-closed-accounts";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { pressNotMe } from "@/lib/not-me/press-not-me";
import { removePlace } from "@/lib/places/remove-place";
import { changePassword } from "@/lib/recovery/change-password";
import { resetPassword } from "@/lib/recovery/reset-password";
import { sendResetLink } from "@/lib/recovery/send-reset-link";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { acceptInvitation } from "@/lib/staff/accept-invitation";
import { forgetPlace } from "@/lib/support/forget-place";
import { switchOff } from "@/lib/support/switch-off";
import { actorsPassword, makeActor, signInFrom } from "@/lib/testing/actors";
import { makeApproved } from "@/lib/testing/case-review";
import { invited } from "@/lib/testing/invitations";
import { clientAt } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

/** The place that account and thief share, and where the owner sits. */
export const sharedIp = "203.0.113.7";
const ownersIp = "192.0.2.200";
const owner = clientAt(ownersIp);
const reason = "Caller says that somebody else is in";

/** One way to take access away: gets everything ready, and returns the press itself with what it is to say. */
export type Taker = {
  says: string;
  prepare(account: { id: string; email: string }): Promise<() => Promise<{ kind: string }>>;
};

async function notMeToken(accountId: string): Promise<string> {
  await signInFrom(accountId, sharedIp);
  const link = await db.accountLink.findFirstOrThrow({ where: { accountId, purpose: "not-me" } });
  return linkTokenOf("not-me", link) ?? "";
}

async function placeIdOf(accountId: string): Promise<string> {
  const network = `${sharedIp}/32`;
  return (await db.trustedPlace.findFirstOrThrow({ where: { accountId, network } })).id;
}

async function resetTokenOf(account: { id: string; email: string }): Promise<string> {
  const mailed = { ...account, locale: "en", timeZone: null };
  await inTransaction((tx) => sendResetLink(tx, mailed, owner, new Date()));
  const filter = { accountId: account.id, endedAt: null };
  return (
    linkTokenOf("password reset", await db.passwordReset.findFirstOrThrow({ where: filter })) ?? ""
  );
}

/** Whatever takes access to an account away, by what the customer would call it. */
export const takers: Record<string, Taker> = {
  "“That was not me”": {
    says: "secured",
    prepare: async ({ id }) => {
      const token = await notMeToken(id);
      return () => pressNotMe(token, owner);
    },
  },
  "support switches the password off": {
    says: "switched-off",
    prepare: async ({ id: customerId }) => {
      const staff = await makeStaff("support");
      return () => switchOff({ staff, customerId, reason });
    },
  },
  "a case is carried out": {
    says: "done",
    prepare: async ({ id: accountId }) => {
      const { id } = await makeApproved({ accountId });
      await db.recoveryCase.update({ where: { id }, data: { coolsUntil: new Date(0) } });
      return async () => {
        await carryOutCases();
        const { state } = await db.recoveryCase.findUniqueOrThrow({ where: { id } });
        return { kind: state };
      };
    },
  },
  "the place is removed": {
    says: "removed",
    prepare: async ({ id: accountId }) => {
      const actor = await makeActor({ accountId, ip: ownersIp });
      const placeId = await placeIdOf(accountId);
      return () => removePlace(actor, placeId);
    },
  },
  "support forgets the place": {
    says: "forgotten",
    prepare: async ({ id: customerId }) => {
      const staff = await makeStaff("support");
      const placeId = await placeIdOf(customerId);
      return () => forgetPlace({ staff, customerId, reason, placeId });
    },
  },
  "an invitation to the staff is accepted": {
    says: "joined",
    prepare: async ({ email }) => {
      const token = await invited(email);
      return () => acceptInvitation(token, owner);
    },
  },
  "a new password by a mailed link": {
    says: "changed",
    prepare: async (account) => {
      const token = await resetTokenOf(account);
      return () => resetPassword(token, "another long passphrase", owner);
    },
  },
  "a new password that signs out everywhere else": {
    says: "changed",
    prepare: async ({ id: accountId }) => {
      const actor = await makeActor({ accountId, ip: ownersIp });
      const passwords = { currentPassword: actorsPassword, newPassword: "another long passphrase" };
      return () => changePassword({ ...actor, ...passwords, signOutElsewhere: true });
    },
  },
  "the account is erased": {
    says: "erased",
    prepare: async ({ id }) => {
      await db.account.update({ where: { id }, data: { closesAt: new Date(0) } });
      return async () => {
        await eraseClosedAccounts();
        return { kind: (await db.account.count({ where: { id } })) === 0 ? "erased" : "there" };
      };
    },
  },
};
