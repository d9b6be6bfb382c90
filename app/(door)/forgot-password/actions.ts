"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { leaveNotice } from "@/lib/auth/notice";
import { oneValue } from "@/lib/auth/typed-credentials";
import { isDatabaseDown } from "@/lib/database-down";
import { typedEmail } from "@/lib/email-address";
import { requestReset } from "@/lib/recovery/request-reset";
import { clientOf } from "@/lib/sign-in/client-ip";

/** Asks for a link to set a new password. The answer is the same for every address. */
export async function requestResetAction(form: FormData): Promise<void> {
  const typed = (oneValue(form, "email") ?? "").trim();
  const read = typedEmail(typed);
  const shown = typed.slice(0, 320);
  if ("error" in read) {
    await leaveNotice({ kind: "forgot-invalid", email: shown, error: read.error });
    redirect("/forgot-password");
  }
  try {
    await requestReset(read.email, clientOf(await headers()));
    await leaveNotice({ kind: "reset-asked", email: shown });
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    await leaveNotice({ kind: "unavailable", email: shown });
  }
  redirect("/forgot-password");
}
