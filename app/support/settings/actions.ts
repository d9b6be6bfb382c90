"use server";

import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { requireStaffMember } from "@/app/support/staff-member";
import { saveApprovalsNeeded } from "@/lib/cases/review/settings";
import { askToSignIn } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";

const PATH = "/support/settings";

/** Saves how many members of staff must agree to a case. */
export async function saveSettingsAction(form: FormData): Promise<void> {
  const staff = await orUnavailable(PATH, () => requireStaffMember(PATH, ["admin"]));
  const typed = oneValue(form, "approvals") ?? "";
  const outcome = await orUnavailable(PATH, () => saveApprovalsNeeded(staff, typed));
  switch (outcome.kind) {
    case "saved":
      return answerDone(PATH, "settings-saved");
    case "unchanged":
      return answerDone(PATH, "settings-unchanged");
    case "invalid":
      return refuse(PATH, { form: "settings", reason: "invalid" });
    case "signed-out":
      return askToSignIn(PATH);
  }
}
