"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { leaveNotice } from "@/lib/auth/notice";
import { EMAIL_MAX_LENGTH, oneValue, readEmail } from "@/lib/auth/typed-credentials";
import { isDatabaseDown } from "@/lib/database-down";
import { requestReset } from "@/lib/recovery/request-reset";
import { clientOf } from "@/lib/sign-in/client-ip";

/** Asks for a link to set a new password. The answer is the same for every address. */
export async function requestResetAction(form: FormData): Promise<void> {
  const typed = (oneValue(form, "email") ?? "").trim();
  const email = readEmail(typed);
  const shown = typed.slice(0, 320);
  if (email === null) {
    await leaveNotice({ kind: "forgot-invalid", email: shown, error: emailError(typed) });
    redirect("/forgot-password");
  }
  try {
    await requestReset(email, clientOf(await headers()));
    await leaveNotice({ kind: "reset-asked", email: shown });
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    await leaveNotice({ kind: "unavailable", email: shown });
  }
  redirect("/forgot-password");
}

function emailError(typed: string): string {
  if (typed === "") return "emailMissing";
  return typed.length > EMAIL_MAX_LENGTH ? "emailTooLong" : "emailInvalid";
}
