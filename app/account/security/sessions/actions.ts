"use server";

import { notFound, redirect } from "next/navigation";
import { requireActor } from "@/app/account/actor";
import { answerWidening } from "@/app/account/confirm/after-asking";
import { answerDone, orUnavailable } from "@/app/forms/answer";
import { forgetInputs, leaveNotice } from "@/lib/forms/notice";
import { askToSignIn } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";
import { endOtherSessions, endOwnSession } from "@/lib/sessions/end-sessions";
import { forgetBrowser } from "@/lib/trusted-browser/forget-browser";
import { askToWiden } from "@/lib/widening/ask-to-widen";

const PATH = "/account/security/sessions";

const actorOf = () => orUnavailable(PATH, () => requireActor(PATH));

/** Trusts the browser that asks, to who knows the password. */
export async function trustBrowserAction(form: FormData): Promise<void> {
  const actor = await actorOf();
  const password = oneValue(form, "password") ?? "";
  const request = { kind: "trust-browser" as const };
  const outcome = await orUnavailable(PATH, () => askToWiden(actor, password, request));
  return answerWidening(PATH, "trust-browser", outcome, actor.session);
}

/** Ends the trust in one browser. */
export async function forgetBrowserAction(form: FormData): Promise<void> {
  const actor = await actorOf();
  const id = oneValue(form, "id") ?? "";
  const outcome = await orUnavailable(PATH, () => forgetBrowser(actor, id));
  switch (outcome.kind) {
    case "forgotten":
    case "already-forgotten":
      return answerDone(PATH, "browser-forgotten");
    case "unknown":
      return notFound();
    case "signed-out":
      return askToSignIn(PATH);
  }
}

/** Ends one session. */
export async function endSessionAction(form: FormData): Promise<void> {
  const actor = await actorOf();
  const id = oneValue(form, "id") ?? "";
  const outcome = await orUnavailable(PATH, () => endOwnSession(actor, id));
  switch (outcome.kind) {
    case "ended":
    case "already-ended":
      if (id !== actor.session.id) return answerDone(PATH, "session-ended");
      await forgetInputs();
      await leaveNotice({ kind: "signed-out" });
      return redirect("/login");
    case "unknown":
      return notFound();
    case "signed-out":
      return askToSignIn(PATH);
  }
}

/** Ends every other session. */
export async function endOtherSessionsAction(): Promise<void> {
  const actor = await actorOf();
  const outcome = await orUnavailable(PATH, () => endOtherSessions(actor));
  switch (outcome.kind) {
    case "ended":
      return answerDone(PATH, "sessions-ended");
    case "none":
      return answerDone(PATH, "no-other-sessions");
    case "signed-out":
      return askToSignIn(PATH);
  }
}
