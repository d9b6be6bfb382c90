"use server";

import { redirect } from "next/navigation";
import { requireActor } from "@/app/account/actor";
import { answerGranted, answerWidening } from "@/app/account/confirm/after-asking";
import { orUnavailable, refuse } from "@/app/forms/answer";
import { clearNotice } from "@/lib/forms/notice";
import { askToSignIn } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";
import { beginApp } from "@/lib/two-step/add-app";
import { askAlways } from "@/lib/two-step/change-asking";
import { askToWiden } from "@/lib/widening/ask-to-widen";

const PATH = "/account/security/two-step";

const actorOf = () => orUnavailable(PATH, () => requireActor(PATH));

/** Makes the key of another app, which the next page shows. */
export async function addAppAction(): Promise<void> {
  const actor = await actorOf();
  const outcome = await orUnavailable(PATH, () => beginApp(actor));
  switch (outcome.kind) {
    case "begun":
      await clearNotice();
      return redirect(`${PATH}/app`);
    case "too-many":
      return refuse(PATH, { form: "add-app", reason: "appsFull" });
    case "signed-out":
      return askToSignIn(PATH);
  }
}

/** Makes recovery codes, which the next page shows once. */
export async function makeCodesAction(form: FormData): Promise<void> {
  const actor = await actorOf();
  const password = oneValue(form, "password") ?? "";
  const request = { kind: "make-recovery-codes" as const };
  const outcome = await orUnavailable(PATH, () => askToWiden(actor, password, request));
  return answerWidening(PATH, "make-codes", outcome, actor.session);
}

/** Chooses when a second step is asked for. */
export async function chooseAskingAction(form: FormData): Promise<void> {
  const actor = await actorOf();
  const password = oneValue(form, "password") ?? "";
  if (oneValue(form, "asking") !== "always") {
    const request = { kind: "ask-at-new-places" as const };
    const outcome = await orUnavailable(PATH, () => askToWiden(actor, password, request));
    return answerWidening(PATH, "choose-asking", outcome, actor.session);
  }
  const outcome = await orUnavailable(PATH, () => askAlways(actor, password));
  switch (outcome.kind) {
    case "password-missing":
    case "password-wrong":
    case "too-many":
    case "signed-out":
      return answerWidening(PATH, "choose-asking", outcome, actor.session);
    default:
      return answerGranted(outcome, actor.session);
  }
}
