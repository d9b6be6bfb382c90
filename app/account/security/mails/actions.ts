"use server";

import { requireActor } from "@/app/account/actor";
import { answerDone, orUnavailable } from "@/app/forms/answer";
import { askToSignIn } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";
import { notifyOfNewBrowsers } from "@/lib/sessions/notify-of-new-browsers";

const PATH = "/account/security/mails";

/** Turns the mail about a new browser at a trusted place on or off. */
export async function notifyOfNewBrowsersAction(form: FormData): Promise<void> {
  const actor = await orUnavailable(PATH, () => requireActor(PATH));
  const isNotified = oneValue(form, "told") !== null;
  const outcome = await orUnavailable(PATH, () => notifyOfNewBrowsers(actor, isNotified));
  if (outcome.kind === "signed-out") return askToSignIn(PATH);
  return answerDone(PATH, isNotified ? "notices-on" : "notices-off");
}
