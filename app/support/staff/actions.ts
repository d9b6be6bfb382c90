"use server";

import { notFound } from "next/navigation";
import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { inviteFormName, roleFormName } from "@/app/support/staff/staff-forms";
import { requireStaffMember } from "@/app/support/staff-member";
import { askToSignIn } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";
import { changeRole } from "@/lib/staff/change-role";
import { inviteStaff } from "@/lib/staff/invite-staff";
import { withdrawInvitation } from "@/lib/staff/withdraw-invitation";

const PATH = "/support/staff";

const adminOf = () => orUnavailable(PATH, () => requireStaffMember(PATH, ["admin"]));

/** Mails somebody an invitation to the staff. */
export async function inviteAction(form: FormData): Promise<void> {
  const admin = await adminOf();
  const typed = {
    email: oneValue(form, "email") ?? "",
    role: oneValue(form, "role") ?? "",
    reason: oneValue(form, "reason") ?? "",
  };
  const refused = { form: inviteFormName } as const;
  const outcome = await orUnavailable(PATH, () => inviteStaff(admin, typed));
  switch (outcome.kind) {
    case "invited":
      return answerDone(PATH, "invited", { email: outcome.email });
    case "invalid":
      return refuse(PATH, { ...refused, errors: { ...outcome.errors } });
    case "already-staff": {
      const values = { heldRole: outcome.role };
      return refuse(PATH, { ...refused, values, errors: { email: "alreadyStaff" } });
    }
    case "too-often":
      return refuse(PATH, { ...refused, reason: "tooOften" });
    case "signed-out":
      return askToSignIn(PATH);
  }
}

/** Takes an invitation back. */
export async function withdrawAction(form: FormData): Promise<void> {
  const admin = await adminOf();
  const id = oneValue(form, "id") ?? "";
  const outcome = await orUnavailable(PATH, () => withdrawInvitation(admin, id));
  switch (outcome.kind) {
    case "withdrawn":
      return answerDone(PATH, "invitation-withdrawn", { email: outcome.email });
    case "over":
      return answerDone(PATH, "invitation-over");
    case "unknown":
      return notFound();
    case "signed-out":
      return askToSignIn(PATH);
  }
}

/** Gives a member of the staff another role, or none. */
export async function changeRoleAction(form: FormData): Promise<void> {
  const admin = await adminOf();
  const typed = {
    accountId: oneValue(form, "id") ?? "",
    role: oneValue(form, "role") ?? "",
    reason: oneValue(form, "reason") ?? "",
  };
  const refused = { form: roleFormName, values: { id: typed.accountId } } as const;
  const outcome = await orUnavailable(PATH, () => changeRole(admin, typed));
  switch (outcome.kind) {
    case "changed":
      return answerDone(PATH, "role-changed", { email: outcome.email, role: outcome.after });
    case "unchanged":
      return answerDone(PATH, "role-unchanged", { email: outcome.email });
    case "invalid":
      return refuse(PATH, { ...refused, errors: { ...outcome.errors } });
    case "oneself":
      return refuse(PATH, { ...refused, reason: "oneself" });
    case "last-admin":
      return refuse(PATH, { ...refused, reason: "lastAdmin" });
    case "not-staff":
      return refuse(PATH, { ...refused, reason: "notStaff" });
    case "unknown":
      return notFound();
    case "signed-out":
      return askToSignIn(PATH);
  }
}
