import { getTranslations } from "next-intl/server";
import { refusedForm } from "@/app/forms/refused-form";
import { roleWords } from "@/app/support/staff/role-words";
import type { Notice } from "@/lib/forms/notice";
import { NAME_MAX_LENGTH } from "@/lib/password/typed-credentials";
import { staffNumbers } from "@/lib/staff/rules/limits";
import { type EmailError, emailLengths } from "@/lib/typed/email-address";

export const inviteFormName = "invite";
export const roleFormName = "change-role";

const emailErrors: readonly string[] = [
  "emailMissing",
  "emailInvalid",
  "emailTooLong",
] satisfies EmailError[];

type ErrorKey = "roleUnknown" | "reasonMissing" | "reasonTooLong" | "alreadyStaff";

async function words() {
  const t = await getTranslations("staff.errors");
  const contact = await getTranslations("contact.errors");
  const nameOf = await roleWords();
  return (key: string, { heldRole = "" }: Record<string, string>) =>
    emailErrors.includes(key)
      ? contact(key as EmailError, { ...emailLengths, maxName: NAME_MAX_LENGTH })
      : t(key as ErrorKey, { ...staffNumbers, role: nameOf(heldRole) });
}

/** The form that invites somebody, as it was answered. */
export async function inviteForm(notice: Notice | null) {
  return refusedForm(notice, inviteFormName, await words());
}

/** The form that changes the role of one account, as it was answered. */
export async function roleForm(notice: Notice | null, accountId: string) {
  const isAboutIt = notice?.kind === "form-refused" && notice.values.id === accountId;
  const named = `${roleFormName}-${accountId}`;
  return refusedForm(isAboutIt ? notice : null, roleFormName, await words(), named);
}
