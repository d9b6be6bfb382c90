"use server";

import { redirect } from "next/navigation";
import { CredentialsSignin } from "next-auth";
import { localPath, loginPath } from "@/lib/cookies/local-path";
import { isDatabaseDown } from "@/lib/db/database-down";
import { leaveNotice } from "@/lib/forms/notice";
import { signIn } from "@/lib/next-auth/next-auth";
import { oneValue } from "@/lib/password/typed-credentials";
import { typedEmail } from "@/lib/typed/email-address";

/** Signs in with e-mail and password; what follows is judged inside NextAuth's callbacks. */
export async function signInAction(form: FormData): Promise<void> {
  const email = (oneValue(form, "email") ?? "").trim();
  const password = oneValue(form, "password") ?? "";
  const target = localPath(oneValue(form, "callbackUrl"));
  const back = samePage(oneValue(form, "callbackUrl"));
  const errors = formErrors(email, password);
  if (Object.keys(errors).length > 0) {
    await leaveNotice({ kind: "login-invalid", email: email.slice(0, 320), errors });
    redirect(back);
  }
  let next: string;
  try {
    next = await signIn("password", { email, password, redirectTo: target });
  } catch (error) {
    if (isDatabaseDown(error)) await leaveNotice({ kind: "unavailable", email });
    else if (!(error instanceof CredentialsSignin)) throw error;
    next = "/login";
  }
  redirect(next === "/login" ? back : next);
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
