import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { emailLengths } from "@/lib/typed/email-address";

const errors = ["emailMissing", "emailInvalid", "emailTooLong"] as const;

/** What is wrong with the typed address, in the page's language; undefined when nothing is. */
export async function emailError(notice: Notice | null): Promise<string | undefined> {
  if (notice?.kind !== "forgot-invalid") return undefined;
  const t = await getTranslations("login.errors");
  const error = errors.find((key) => key === notice.error);
  return error && t(error, emailLengths);
}
