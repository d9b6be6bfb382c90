"use server";

import { notFound } from "next/navigation";
import { requireActor } from "@/app/account/actor";
import { answerFrozen } from "@/app/account/confirm/after-asking";
import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { askToSignIn } from "@/lib/next-auth/session";
import { answerIn } from "@/lib/passkeys/answer-in";
import { oneValue } from "@/lib/password/typed-credentials";
import { removeFactor } from "@/lib/two-step/remove-factor";

const LIST = "/account/security/two-step";
const name = "remove-factor";

/** Removes an app or a passkey, for whoever knows the password and answers with another. */
export async function removeAction(form: FormData): Promise<void> {
  const what = oneValue(form, "what");
  const id = oneValue(form, "id") ?? "";
  if (what !== "app" && what !== "passkey") return notFound();
  const path = `${LIST}/remove?${new URLSearchParams({ what, id })}`;
  const actor = await orUnavailable(path, () => requireActor(LIST));
  const taken = await orUnavailable(path, () => answerIn(form, actor));
  if (taken?.kind === "refused") return refuse(path, { form: name, reason: taken.because });
  const typed = {
    password: oneValue(form, "password") ?? "",
    answer: oneValue(form, "code") ?? "",
    passkey: taken?.taken,
  };
  const outcome = await orUnavailable(path, () => removeFactor(actor, { what, id, ...typed }));
  switch (outcome.kind) {
    case "removed": {
      const done = outcome.wasLast ? "last-factor-removed" : "factor-removed";
      return answerDone(LIST, done, { name: outcome.name });
    }
    case "password-missing": {
      const code = form.has("code") && typed.answer.trim() === "" ? "answerMissing" : undefined;
      return refuse(path, { form: name, errors: { password: "passwordMissing", code } });
    }
    case "password-wrong":
      return refuse(path, { form: name, errors: { password: "passwordWrong" } });
    case "answer-missing":
      return refuse(path, { form: name, errors: { code: "answerMissing" } });
    case "not-an-answer":
      return refuse(path, { form: name, errors: { code: "notAnAnswer" } });
    case "wrong": {
      const values = { left: String(outcome.attemptsLeft) };
      return refuse(path, { form: name, values, errors: { code: "answerWrong" } });
    }
    case "too-many":
      return refuse(path, { form: name, reason: "tooMany", until: outcome.until });
    case "blocked": {
      const { until, reference } = outcome;
      return refuse(path, { form: name, reason: "blocked", until, reference });
    }
    case "passkey-refused":
      return refuse(path, { form: name, reason: outcome.because });
    case "last-required":
      return refuse(path, { form: name, reason: "lastRequired" });
    case "frozen":
      return answerFrozen();
    case "unknown":
      return notFound();
    case "signed-out":
      return askToSignIn(LIST);
  }
}
