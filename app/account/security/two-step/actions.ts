"use server";

import { redirect } from "next/navigation";
import { requireActor } from "@/app/account/actor";
import { answerGranted, answerWidening } from "@/app/account/confirm/after-asking";
import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { clearNotice } from "@/lib/forms/notice";
import { askToSignIn } from "@/lib/next-auth/session";
import { heldBySession } from "@/lib/passkeys/held-by-session";
import { judgeNewPasskey } from "@/lib/passkeys/judge-new-passkey";
import { sentAnswer } from "@/lib/passkeys/sent-answer";
import { oneValue } from "@/lib/password/typed-credentials";
import { beginApp } from "@/lib/two-step/add-app";
import { keptPasskey } from "@/lib/two-step/add-passkey";
import { askAlways } from "@/lib/two-step/change-asking";
import { judgeChange, narrowPasskey, renamePasskey } from "@/lib/two-step/change-passkey";
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
    case "frozen":
    case "signed-out":
      return answerWidening(PATH, "choose-asking", outcome, actor.session);
    default:
      return answerGranted(outcome, actor.session);
  }
}

const consentsIn = (form: FormData) => ({
  signsIn: oneValue(form, "signsIn") !== null,
  isSecondStep: oneValue(form, "isSecondStep") !== null,
});

/** Adds a passkey that the browser has made. */
export async function addPasskeyAction(form: FormData): Promise<void> {
  const actor = await actorOf();
  const consents = consentsIn(form);
  if (!consents.signsIn && !consents.isSecondStep) {
    return refuse(PATH, { form: "add-passkey", errors: { isSecondStep: "consentMissing" } });
  }
  const sent = sentAnswer(form);
  const made = await orUnavailable(PATH, () => judgeNewPasskey(sent, heldBySession(actor, "add")));
  if (made.kind === "refused") return refuse(PATH, { form: "add-passkey", reason: made.because });
  const request = {
    kind: "add-passkey" as const,
    passkey: keptPasskey(made.passkey),
    ...consents,
  };
  const password = oneValue(form, "password") ?? "";
  const outcome = await orUnavailable(PATH, () => askToWiden(actor, password, request));
  return answerWidening(PATH, "add-passkey", outcome, actor.session);
}

/** Names a passkey. */
export async function renamePasskeyAction(form: FormData): Promise<void> {
  const actor = await actorOf();
  const id = oneValue(form, "id") ?? "";
  const name = oneValue(form, "name") ?? "";
  const outcome = await orUnavailable(PATH, () => renamePasskey(actor, id, name));
  switch (outcome.kind) {
    case "passkey-renamed":
    case "passkey-unchanged":
      return answerDone(PATH, outcome.kind, { name: outcome.name });
    case "passkey-gone":
      return answerDone(PATH, outcome.kind);
    case "invalid":
      return refuse(PATH, {
        form: "rename-passkey",
        values: { id },
        errors: { name: outcome.error },
      });
    case "signed-out":
      return askToSignIn(PATH);
  }
}

/** Changes what a passkey may do: more is asked for like what widens access, less takes the password. */
export async function allowPasskeyAction(form: FormData): Promise<void> {
  const actor = await actorOf();
  const id = oneValue(form, "id") ?? "";
  const asked = { id, ...consentsIn(form) };
  const change = await orUnavailable(PATH, () => judgeChange(actor.session, id, asked));
  if (change === null) return answerDone(PATH, "passkey-gone");
  const password = oneValue(form, "password") ?? "";
  switch (change.verdict.kind) {
    case "consent-missing":
      return refuseConsents(id, "consentMissing");
    case "second-step-stays":
      return refuseConsents(id, "secondStepStays");
    case "unchanged":
      return answerDone(PATH, "passkey-unchanged", { name: change.name });
    case "widens": {
      const request = { kind: "allow-passkey" as const, ...asked };
      const outcome = await orUnavailable(PATH, () => askToWiden(actor, password, request));
      return answerWidening(PATH, "allow-passkey", outcome, actor.session, { id });
    }
    case "narrows": {
      const outcome = await orUnavailable(PATH, () => narrowPasskey(actor, password, asked));
      switch (outcome.kind) {
        case "passkey-allowed":
        case "passkey-unchanged":
        case "passkey-gone":
          return answerGranted(outcome, actor.session);
        default:
          return answerWidening(PATH, "allow-passkey", outcome, actor.session, { id });
      }
    }
  }
}

const refuseConsents = (id: string, error: "consentMissing" | "secondStepStays") =>
  refuse(PATH, { form: "allow-passkey", values: { id }, errors: { isSecondStep: error } });
