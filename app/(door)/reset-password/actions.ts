"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { leaveNotice } from "@/lib/auth/notice";
import { clearPendingCookie } from "@/lib/auth/pending-cookie";
import { oneValue } from "@/lib/auth/typed-credentials";
import { isDatabaseDown } from "@/lib/database-down";
import { type ResetOutcome, resetPassword } from "@/lib/recovery/reset-password";
import { clientOf } from "@/lib/sign-in/client-ip";

/** Sets a new password by the link's token; the sign-in that follows is judged like any other. */
export async function resetPasswordAction(form: FormData): Promise<void> {
  const token = oneValue(form, "token");
  const password = oneValue(form, "newPassword") ?? "";
  const back = `/reset-password?token=${encodeURIComponent(token ?? "")}`;
  let outcome: ResetOutcome;
  try {
    outcome = await resetPassword(token, password, clientOf(await headers()));
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    await leaveNotice({ kind: "unavailable" });
    redirect(back);
  }
  switch (outcome.kind) {
    case "changed":
      await clearPendingCookie();
      await leaveNotice({ kind: "password-reset" });
      return redirect("/login");
    case "invalid":
      await leaveNotice({ kind: "reset-invalid", error: outcome.error });
      return redirect(back);
    case "dead-link":
      return redirect("/reset-password");
  }
}
