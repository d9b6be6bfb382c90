"use server";

import { redirect } from "next/navigation";
import { requireActor } from "@/app/account/actor";
import { answerWidening } from "@/app/account/confirm/after-asking";
import { answerDone, orUnavailable } from "@/app/forms/answer";
import { clearDraftCookie } from "@/lib/cases/request/draft-cookie";
import { HOME_PATH, TWO_STEP_PATH } from "@/lib/cookies/local-path";
import { isDatabaseDown } from "@/lib/db/database-down";
import { leaveNotice } from "@/lib/forms/notice";
import { askToSignIn } from "@/lib/next-auth/session";
import { endOwnSession } from "@/lib/next-auth/session-cookie";
import { sentAnswer } from "@/lib/passkeys/sent-answer";
import { oneValue } from "@/lib/password/typed-credentials";
import { keepMadePasskey } from "@/lib/two-step/add-passkey";
import { keepFactors } from "@/lib/two-step/keep-factors";
import { askToWiden } from "@/lib/widening/ask-to-widen";

/** Keeps the second step that is to be taken away; with a password, it asks for that step here and now. */
export async function keepFactorsAction(form: FormData): Promise<void> {
  const actor = await orUnavailable("/account", () => requireActor("/account"));
  const password = oneValue(form, "password");
  if (password !== null) {
    const request = { kind: "keep-factors" } as const;
    const outcome = await orUnavailable("/account", () => askToWiden(actor, password, request));
    return answerWidening("/account", "keep-second-step", outcome, actor.session);
  }
  const { kind } = await orUnavailable("/account", () => keepFactors(actor));
  return kind === "signed-out"
    ? askToSignIn("/account")
    : answerDone("/account", `factors-${kind}`);
}

/** Ends this session and says so on the way out; where it cannot, says that it lives. */
export async function signOutAction(): Promise<void> {
  try {
    await endOwnSession();
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    await leaveNotice({ kind: "not-signed-out" });
    redirect("/login");
  }
  // On a shared computer the next person must not find the request of the one before.
  await clearDraftCookie();
  await leaveNotice({ kind: "signed-out" });
  redirect("/login");
}

/** Keeps a passkey that the browser has made by itself: it opens nothing until its owner says so. */
export async function keepPasskeyAction(form: FormData): Promise<void> {
  const actor = await orUnavailable(HOME_PATH, () => requireActor(HOME_PATH));
  const { kind } = await orUnavailable(HOME_PATH, () => keepMadePasskey(actor, sentAnswer(form)));
  redirect(kind === "kept" ? TWO_STEP_PATH : HOME_PATH);
}
