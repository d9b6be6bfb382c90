import { refusedForm } from "@/app/forms/refused-form";
import { roleWords } from "@/app/support/staff/role-words";
import type { Notice } from "@/lib/forms/notice";
import type { ErrorOf } from "@/lib/forms/refused-forms";
import { getTranslations } from "@/lib/i18n/translations";
import { NAME_MAX_LENGTH } from "@/lib/password/typed-credentials";
import { staffNumbers } from "@/lib/staff/rules/limits";
import { type EmailError, emailLengths } from "@/lib/typed/email-address";

export const inviteFormName = "invite";
export const roleFormName = "change-role";

type InviteError = ErrorOf<"invite" | "change-role">;

const isOfEmail = (key: InviteError): key is EmailError =>
  key === "emailMissing" || key === "emailInvalid" || key === "emailTooLong";

async function words() {
  const t = await getTranslations("staff.errors");
  const contact = await getTranslations("contact.errors");
  const nameOf = await roleWords();
  return (key: InviteError, { heldRole = "" }: Record<string, string>) =>
    isOfEmail(key)
      ? contact(key, { ...emailLengths, maxName: NAME_MAX_LENGTH })
      : t(key, { ...staffNumbers, role: nameOf(heldRole) });
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
