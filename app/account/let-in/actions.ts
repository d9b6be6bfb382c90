"use server";

import { requireActor } from "@/app/account/actor";
import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { letIn } from "@/lib/let-in/let-in";
import { askToSignIn } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";

const PATH = "/account/let-in";

/** Lets in the waiting sign-in whose page shows the typed number, for who knows the password. */
export async function letInAction(form: FormData): Promise<void> {
  const actor = await orUnavailable(PATH, () => requireActor(PATH));
  const typed = {
    number: oneValue(form, "number") ?? "",
    password: oneValue(form, "password") ?? "",
  };
  const outcome = await orUnavailable(PATH, () => letIn(actor, typed));
  switch (outcome.kind) {
    case "let-in":
      return answerDone(PATH, "let-in", { ip: outcome.ip ?? "" });
    case "invalid":
      return refuse(PATH, { form: "let-in", errors: { ...outcome.errors } });
    case "password-wrong":
      return refuse(PATH, { form: "let-in", errors: { password: "passwordWrong" } });
    case "too-many":
      return refuse(PATH, { form: "let-in", reason: "tooMany", until: outcome.until });
    case "number-wrong": {
      if (outcome.left === 0) return refuse(PATH, { form: "let-in", reason: "numbersUsedUp" });
      const values = { left: String(outcome.left) };
      return refuse(PATH, { form: "let-in", values, errors: { number: "numberWrong" } });
    }
    case "already":
      return refuse(PATH, { form: "let-in", reason: "already" });
    case "none-waiting":
      return refuse(PATH, { form: "let-in", reason: "noneWaiting" });
    // The page says why, and has no form.
    case "staff":
    case "factor":
    case "case-open":
    case "not-here":
    case "no-code":
      return refuse(PATH, { form: "let-in", reason: "mayNot" });
    case "signed-out":
      return askToSignIn(PATH);
  }
}
