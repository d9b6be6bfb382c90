"use server";

import { redirect } from "next/navigation";
import { requireActor } from "@/app/account/actor";
import { answerWidening } from "@/app/account/confirm/after-asking";
import { orUnavailable, refuse } from "@/app/forms/answer";
import { clearNotice } from "@/lib/forms/notice";
import { askToSignIn } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";
import { proveApp } from "@/lib/two-step/add-app";
import { askToWiden } from "@/lib/widening/ask-to-widen";

const PATH = "/account/security/two-step/app";

/** Turns on the app that this session is adding. */
export async function turnOnAction(form: FormData): Promise<void> {
  const actor = await orUnavailable(PATH, () => requireActor(PATH));
  const typed = { name: oneValue(form, "name") ?? "", code: oneValue(form, "code") ?? "" };
  const app = await orUnavailable(PATH, () => proveApp(actor, typed));
  switch (app.kind) {
    case "proven": {
      const request = { kind: "turn-on-app" as const, appId: app.appId, name: app.name };
      const password = oneValue(form, "password") ?? "";
      const outcome = await orUnavailable(PATH, () => askToWiden(actor, password, request));
      return answerWidening(PATH, "turn-on-app", outcome, actor.session);
    }
    case "invalid": {
      const missing = (oneValue(form, "password") ?? "") === "" ? "passwordMissing" : undefined;
      return refuse(PATH, { form: "turn-on-app", errors: { ...app.errors, password: missing } });
    }
    case "over":
      await clearNotice();
      return redirect(PATH);
    case "signed-out":
      return askToSignIn(PATH);
  }
}
