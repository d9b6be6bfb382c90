"use server";

import { redirect } from "next/navigation";
import { requireActor } from "@/app/account/actor";
import { orUnavailable } from "@/app/forms/answer";
import { checkUpPath, localPath } from "@/lib/cookies/local-path";
import { clearNotice } from "@/lib/forms/notice";
import { askToSignIn } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";
import { noteCheckUp } from "@/lib/two-step/check-up";

/** Notes that the customer was asked, and goes on to where they were going, whichever button was pressed. */
export async function checkUpAction(form: FormData): Promise<void> {
  const path = localPath(oneValue(form, "callbackUrl"));
  const back = checkUpPath(path);
  const actor = await orUnavailable(back, () => requireActor(path));
  const outcome = await orUnavailable(back, () => noteCheckUp(actor));
  if (outcome.kind === "signed-out") return askToSignIn(path);
  await clearNotice();
  return redirect(path);
}
