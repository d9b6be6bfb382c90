"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { answerSignUp } from "@/lib/auth/answer-sign-up";
import { rememberBrowser } from "@/lib/auth/browser-cookie";
import { leaveNotice } from "@/lib/auth/notice";
import { readPendingCookie } from "@/lib/auth/pending-cookie";
import { isDatabaseDown } from "@/lib/database-down";
import { pageLocale } from "@/lib/i18n/page-locale";
import { clientOf } from "@/lib/sign-in/client-ip";
import { checkSignUpForm } from "@/lib/sign-up/check-sign-up-form";
import { type SignUpOutcome, signUp } from "@/lib/sign-up/sign-up";

/** Asks for the code that proves a new customer's mailbox. */
export async function signUpAction(form: FormData): Promise<void> {
  const checked = await checkSignUpForm(form);
  const { name, email } = checked;
  if (checked.kind === "invalid") {
    await leaveNotice({ kind: "signup-invalid", name, email, errors: { ...checked.errors } });
    redirect("/signup");
  }
  const client = clientOf(await headers());
  let outcome: SignUpOutcome;
  try {
    outcome = await signUp({
      email,
      locale: await pageLocale(),
      client,
      browserId: await rememberBrowser(),
      callbackPath: null,
      earlier: await readPendingCookie(),
      person: { kind: "new", name, password: checked.password },
    });
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    await leaveNotice({ kind: "unavailable", name, email });
    redirect("/signup");
  }
  redirect(await answerSignUp(outcome, { ip: client.ip, name, email }));
}
