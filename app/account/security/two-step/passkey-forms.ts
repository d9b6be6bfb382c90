import { type RefusedForm, refusedForm } from "@/app/forms/refused-form";
import type { Notice } from "@/lib/forms/notice";
import type { ErrorOf } from "@/lib/forms/refused-forms";
import { getTranslations } from "@/lib/i18n/translations";
import { factorNumbers } from "@/lib/two-step/rules/limits";

async function consentWords() {
  const t = await getTranslations("passkeys.errors");
  return (key: ErrorOf<"add-passkey" | "allow-passkey">) => t(key);
}

/** The passkey that a refused form is about. */
const isAbout = (notice: Notice | null, id: string) =>
  notice?.kind === "form-refused" && notice.values.id === id ? notice : null;

/** The form that adds a passkey, as it was answered. */
export const addPasskeyForm = async (notice: Notice | null): Promise<RefusedForm> =>
  refusedForm(notice, "add-passkey", await consentWords());

/** The form that says what one passkey may do, as it was answered. */
export const allowForm = async (notice: Notice | null, id: string): Promise<RefusedForm> =>
  refusedForm(isAbout(notice, id), "allow-passkey", await consentWords(), `allow-${id}`);

/** The form that names one passkey, as it was answered. */
export async function nameForm(notice: Notice | null, id: string): Promise<RefusedForm> {
  const t = await getTranslations("twoStep.errors");
  const words = (key: ErrorOf<"rename-passkey">) => t(key, factorNumbers);
  return refusedForm(isAbout(notice, id), "rename-passkey", words, `name-${id}`);
}

/** Every form of passkeys that a notice may be about. */
export async function passkeyForms(notice: Notice | null): Promise<RefusedForm[]> {
  const id = notice?.kind === "form-refused" ? (notice.values.id ?? "") : "";
  return [await addPasskeyForm(notice), await allowForm(notice, id), await nameForm(notice, id)];
}
