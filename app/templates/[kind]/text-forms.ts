import { refusedForm } from "@/app/forms/refused-form";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import type { TextKey } from "@/lib/mail-document/text-key";
import { textName } from "@/lib/templates/text-key-of";
import { textNumbers } from "@/lib/templates/text-numbers";

/** The id of the form that edits a text; hidden fields outside of it belong to it by that. */
export const TEXT_FORM = "text-form";

/** The answer to the last form, if that was one of this text: notices outlive the step to another one. */
export function noticeOfText(notice: Notice | null, key: TextKey): Notice | null {
  const isOfForm = notice?.kind === "form-refused" || notice?.kind === "done";
  return isOfForm && notice.values.about !== textName(key) ? null : notice;
}

/** The form that edits a text, as it was answered. */
export async function editForm(notice: Notice | null) {
  const t = await getTranslations("templates.errors");
  return refusedForm(notice, "edit-text", (key) => t(key, textNumbers));
}

/** The form that publishes a draft or sends it back, as it was answered. */
export async function publishForm(notice: Notice | null) {
  const t = await getTranslations("templates.errors");
  return refusedForm(notice, "publish-text", (key) => t(key, textNumbers));
}
