"use server";

import { redirect } from "next/navigation";
import { clearPendingCookie } from "@/lib/challenge/pending-cookie";
import { clientNow } from "@/lib/client/client-ip";
import { isDatabaseDown } from "@/lib/db/database-down";
import { leaveNotice } from "@/lib/forms/notice";
import { oneValue } from "@/lib/password/typed-credentials";
import { type ResetOutcome, resetPassword } from "@/lib/recovery/reset-password";

/** Sets a new password by the link's token; the sign-in that follows is judged like any other. */
export async function resetPasswordAction(form: FormData): Promise<void> {
  const token = oneValue(form, "token");
  const password = oneValue(form, "newPassword") ?? "";
  const back = `/reset-password?token=${encodeURIComponent(token ?? "")}`;
  let outcome: ResetOutcome;
  try {
    outcome = await resetPassword(token, password, clientNow());
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
      await leaveNotice({ kind: "over", page: "/reset-password" });
      return redirect("/reset-password");
  }
}
