"use server";

import { redirect } from "next/navigation";
import { clientNow } from "@/lib/client/client-ip";
import { isDatabaseDown } from "@/lib/db/database-down";
import { leaveNotice } from "@/lib/forms/notice";
import { oneValue } from "@/lib/password/typed-credentials";
import { requestReset } from "@/lib/recovery/request-reset";
import { typedEmail } from "@/lib/typed/email-address";

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
    await requestReset(read.email, clientNow());
    await leaveNotice({ kind: "reset-asked", email: shown });
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    await leaveNotice({ kind: "unavailable", email: shown });
  }
  redirect("/forgot-password");
}
