"use server";

import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { requireStaffMember } from "@/app/support/staff-member";
import { askToSignIn } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";
import { saveSettings } from "@/lib/templates/settings";

const PATH = "/templates/settings";

const errorOf = {
  "not-a-host": "hostInvalid",
  address: "hostInvalid",
  port: "hostInvalid",
  wildcard: "hostInvalid",
  "too-many": "tooManyHosts",
} as const;

/** Saves what holds for all texts. */
export async function saveTemplateSettingsAction(form: FormData): Promise<void> {
  const staff = await orUnavailable(PATH, () => requireStaffMember(PATH, ["admin"]));
  const typed = {
    allowedHosts: oneValue(form, "hosts") ?? "",
    onePersonMayPublish: oneValue(form, "one") === "on",
    leadingLanguage: oneValue(form, "leading") ?? "",
  };
  const outcome = await orUnavailable(PATH, () => saveSettings(staff, typed));
  switch (outcome.kind) {
    case "saved":
      return answerDone(PATH, "texts-set");
    case "unchanged":
      return answerDone(PATH, "texts-set-already");
    case "invalid": {
      const [fault] = outcome.faults;
      return refuse(PATH, {
        form: "template-settings",
        values: { what: fault?.typed ?? "" },
        errors: { hosts: fault && errorOf[fault.error] },
      });
    }
    case "invalid-language":
      return refuse(PATH, {
        form: "template-settings",
        errors: { leading: "leadingUnknown" },
      });
    case "signed-out":
      return askToSignIn(PATH);
  }
}
