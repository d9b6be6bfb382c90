"use server";

import { redirect } from "next/navigation";
import { clientNow } from "@/lib/client/client-ip";
import { rememberBrowser } from "@/lib/cookies/browser-cookie";
import { HOME_PATH } from "@/lib/cookies/local-path";
import { isDatabaseDown } from "@/lib/db/database-down";
import { leaveNotice } from "@/lib/forms/notice";
import { requireCustomer } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";
import { type ChangeOutcome, changePassword } from "@/lib/recovery/change-password";

const PATH = "/account/password";

/** Changes the password of the signed-in customer, who stays signed in. */
export async function changePasswordAction(form: FormData): Promise<void> {
  const elsewhere = oneValue(form, "signOutElsewhere") !== null;
  let outcome: ChangeOutcome;
  try {
    const session = await requireCustomer(PATH);
    outcome = await changePassword({
      session,
      currentPassword: oneValue(form, "currentPassword") ?? "",
      newPassword: oneValue(form, "newPassword") ?? "",
      signOutElsewhere: elsewhere,
      client: clientNow(),
      browserId: await rememberBrowser(),
    });
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    await leaveNotice({ kind: "unavailable" });
    redirect(PATH);
  }
  switch (outcome.kind) {
    case "changed":
      await leaveNotice({ kind: "password-changed", elsewhere });
      return redirect(HOME_PATH);
    case "invalid":
      await leaveNotice({ kind: "change-invalid", elsewhere, errors: { ...outcome.errors } });
      return redirect(PATH);
    case "too-many": {
      const until = outcome.until.toISOString();
      await leaveNotice({ kind: "change-too-many", elsewhere, until });
      return redirect(PATH);
    }
  }
}
