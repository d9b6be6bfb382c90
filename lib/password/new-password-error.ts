import { getTranslations } from "@/lib/i18n/translations";
import type { NewPasswordError } from "@/lib/password/check-new-password";
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "@/lib/password/typed-credentials";

/** Why a new password is not taken, in the page's language: the words of the sign-up. */
export async function newPasswordError(error: string): Promise<string> {
  const t = await getTranslations("signup.errors");
  return t(error as NewPasswordError, { min: PASSWORD_MIN_LENGTH, max: PASSWORD_MAX_LENGTH });
}
