"use server";

import { redirect } from "next/navigation";
import { readPendingCookie } from "@/lib/challenge/pending-cookie";
import { clientNow } from "@/lib/client/client-ip";
import { rememberBrowser } from "@/lib/cookies/browser-cookie";
import { isDatabaseDown } from "@/lib/db/database-down";
import { leaveNotice } from "@/lib/forms/notice";
import { pageLocale } from "@/lib/i18n/page-locale";
import { answerSignUp } from "@/lib/next-auth/answer-sign-up";
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
  const client = clientNow();
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
