"use server";

import { redirect } from "next/navigation";
import { requireActor } from "@/app/account/actor";
import { answerFrozen } from "@/app/account/confirm/after-asking";
import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { closeAccount, keepAccount } from "@/lib/closing/close-account";
import { clearNotice } from "@/lib/forms/notice";
import { oneValue } from "@/lib/password/typed-credentials";

const PATH = "/account/data";

/** Asks for the end of the account, for who knows the password. */
export async function closeAccountAction(form: FormData): Promise<void> {
  const actor = await orUnavailable(PATH, () => requireActor(PATH));
  const password = oneValue(form, "password") ?? "";
  const outcome = await orUnavailable(PATH, () => closeAccount(actor, password));
  switch (outcome.kind) {
    case "asked":
    case "asked-already":
      await clearNotice();
      return redirect(PATH);
    case "password-missing":
      return refuse(PATH, { form: "close", errors: { password: "passwordMissing" } });
    case "password-wrong":
      return refuse(PATH, { form: "close", errors: { password: "passwordWrong" } });
    case "too-many":
      return refuse(PATH, { form: "close", reason: "tooMany", until: outcome.until });
    case "last-admin":
      return refuse(PATH, { form: "close", reason: "lastAdmin" });
    case "frozen":
      return answerFrozen();
    case "signed-out":
      return redirect("/login");
  }
}

/** Keeps the account. */
export async function keepAccountAction(): Promise<void> {
  const actor = await orUnavailable(PATH, () => requireActor(PATH));
  const outcome = await orUnavailable(PATH, () => keepAccount(actor));
  if (outcome.kind === "signed-out") return redirect("/login");
  return answerDone(PATH, "account-kept");
}
