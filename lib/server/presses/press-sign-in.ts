import { localPath, loginPath } from "@/lib/cookies/local-path";
import { isDatabaseDown } from "@/lib/db/database-down";
import { leaveNotice } from "@/lib/forms/notice";
import { signInByPassword } from "@/lib/next-auth/password-sign-in";
import { oneValue } from "@/lib/password/typed-credentials";
import { typedEmail } from "@/lib/typed/email-address";

/**
 * Signs in with e-mail and password.
 *
 * @returns the path of the next page
 */
export async function pressSignIn(form: FormData): Promise<string> {
  const email = (oneValue(form, "email") ?? "").trim();
  const password = oneValue(form, "password") ?? "";
  const callbackUrl = oneValue(form, "callbackUrl");
  const back = samePage(callbackUrl);
  const errors = formErrors(email, password);
  if (Object.keys(errors).length > 0) {
    await leaveNotice({ kind: "login-invalid", email: email.slice(0, 320), errors });
    return back;
  }
  try {
    const next = await signInByPassword({ email, password, callbackUrl: localPath(callbackUrl) });
    return next === "/login" ? back : next;
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    await leaveNotice({ kind: "unavailable", email });
    return back;
  }
}

function formErrors(email: string, password: string): Record<string, string> {
  const errors: Record<string, string> = {};
  const read = typedEmail(email);
  if ("error" in read) errors.email = read.error;
  if (password === "") errors.password = "passwordMissing";
  return errors;
}

const samePage = (callbackUrl: string | null): string =>
  callbackUrl === null || callbackUrl === "" ? "/login" : loginPath(localPath(callbackUrl));
