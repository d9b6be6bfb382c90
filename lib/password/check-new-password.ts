import { isCommonPassword } from "@/lib/password/common-passwords";
import { judgeNewPassword, type NewPasswordError } from "@/lib/password/rules/judge-new-password";
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "@/lib/password/typed-credentials";

export type { NewPasswordError };

/** Checks a new password for an account; undefined when it is taken. Throws nothing. */
export async function checkNewPassword(
  password: string,
  customer: { email: string; name: string },
): Promise<NewPasswordError | undefined> {
  const lengths = { min: PASSWORD_MIN_LENGTH, max: PASSWORD_MAX_LENGTH };
  return judgeNewPassword(password, customer, await isCommonPassword(password), lengths);
}
