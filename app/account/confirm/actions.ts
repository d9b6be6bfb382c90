"use server";

import { redirect } from "next/navigation";
import { requireActor } from "@/app/account/actor";
import { answerGranted, pageOfRequest } from "@/app/account/confirm/after-asking";
import { answerDone, orUnavailable } from "@/app/forms/answer";
import { clearNotice, leaveNotice } from "@/lib/forms/notice";
import { answerIn, type PasskeyRefusal } from "@/lib/passkeys/answer-in";
import { oneValue } from "@/lib/password/typed-credentials";
import { confirmWidening } from "@/lib/widening/confirm-widening";
import {
  cancelWidening,
  readPendingWidening,
  resendWideningCode,
} from "@/lib/widening/pending-widening";

const PATH = "/account/confirm" as const;

/** Judges the code of the session's pending request; a right one carries the request out. */
export async function confirmAction(form: FormData): Promise<void> {
  const actor = await orUnavailable(PATH, () => requireActor(PATH));
  const typed = oneValue(form, "code") ?? "";
  const shown = oneValue(form, "challenge");
  const taken = await orUnavailable(PATH, () => answerIn(form, actor));
  if (taken?.kind === "refused") return answerRefused(taken.because);
  const answer = taken?.taken;
  const outcome = await orUnavailable(PATH, () => confirmWidening(actor, typed, shown, answer));
  switch (outcome.kind) {
    case "done":
      return answerGranted(outcome.result, actor.session);
    case "not-a-code":
      await leaveNotice({ kind: "not-a-code", empty: typed.trim() === "" });
      return redirect(PATH);
    case "wrong":
      await leaveNotice({ kind: "wrong-code", attemptsLeft: outcome.attemptsLeft });
      return redirect(PATH);
    case "passkey-refused":
      return answerRefused(outcome.because);
    case "newer-request":
      await leaveNotice({ kind: "newer-sign-in" });
      return redirect(PATH);
    case "blocked":
      await leaveNotice({ kind: "over", page: PATH });
      return redirect(PATH);
    case "over":
    case "nothing-pending":
      await clearNotice();
      return redirect(PATH);
    case "signed-out":
      return redirect("/login");
  }
}

async function answerRefused(because: PasskeyRefusal): Promise<never> {
  await leaveNotice({ kind: "passkey-refused", because, page: PATH, unknownKey: null });
  return redirect(PATH);
}

/** Mails the same code again. */
export async function resendAction(form: FormData): Promise<void> {
  const { session } = await orUnavailable(PATH, () => requireActor(PATH));
  const named = oneValue(form, "pressed");
  const outcome = await orUnavailable(PATH, () => resendWideningCode(session, named));
  switch (outcome.kind) {
    case "sent":
      await leaveNotice({ kind: "code-sent", to: outcome.to });
      return redirect(PATH);
    case "too-early":
    case "too-often":
      await leaveNotice({ kind: `resend-${outcome.kind}`, from: outcome.from.toISOString() });
      return redirect(PATH);
    case "over":
      await clearNotice();
      return redirect(PATH);
  }
}

/** Takes the pending request back. */
export async function cancelAction(): Promise<void> {
  const { session } = await orUnavailable(PATH, () => requireActor(PATH));
  const pending = await orUnavailable(PATH, () => readPendingWidening(session));
  await orUnavailable(PATH, () => cancelWidening(session));
  return answerDone(pageOfRequest(pending?.request), "wish-cancelled");
}
