"use server";

import { notFound } from "next/navigation";
import { requireActor } from "@/app/account/actor";
import { answerFrozen, answerWidening } from "@/app/account/confirm/after-asking";
import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { checkAddress } from "@/lib/contact/ask-address";
import { askEmailChange, cancelEmailChange } from "@/lib/contact/ask-email-change";
import {
  type AddressOutcome,
  removeAddress,
  resendAddressRequest,
} from "@/lib/contact/change-addresses";
import { saveDetails } from "@/lib/contact/save-details";
import { setLocaleCookie } from "@/lib/i18n/locale-cookie";
import { isLocale } from "@/lib/i18n/locales";
import { askToSignIn } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";
import { readPhone } from "@/lib/phone/set-phone";
import { askToWiden } from "@/lib/widening/ask-to-widen";

const PATH = "/account/contact";

const actorOf = () => orUnavailable(PATH, () => requireActor(PATH));

/** Asks both addresses to confirm another contact e-mail. */
export async function changeEmailAction(form: FormData): Promise<void> {
  const actor = await actorOf();
  const email = oneValue(form, "email") ?? "";
  const password = oneValue(form, "password") ?? "";
  const refused = { form: "change-email" } as const;
  const outcome = await orUnavailable(PATH, () => askEmailChange(actor, password, email));
  switch (outcome.kind) {
    case "asked":
      return answerDone(PATH, "email-change-asked", { address: outcome.newEmail });
    case "invalid":
      return refuse(PATH, { ...refused, errors: { ...outcome.errors } });
    case "too-many":
      return refuse(PATH, { ...refused, reason: "tooMany", until: outcome.until });
    case "too-often":
      return refuse(PATH, { ...refused, reason: "tooOften" });
    case "factor-needed": {
      const request = { kind: "change-email", email: outcome.newEmail } as const;
      const asked = await orUnavailable(PATH, () => askToWiden(actor, password, request));
      return answerWidening(PATH, "change-email", asked, actor.session);
    }
    case "frozen":
      return answerFrozen();
    case "signed-out":
      return askToSignIn(PATH);
  }
}

/** Takes the change of the contact e-mail back. */
export async function cancelEmailChangeAction(): Promise<void> {
  const actor = await actorOf();
  const outcome = await orUnavailable(PATH, () => cancelEmailChange(actor));
  switch (outcome.kind) {
    case "cancelled":
      return answerDone(PATH, "email-change-cancelled");
    case "nothing-open":
      return answerDone(PATH, "nothing-to-cancel");
    case "signed-out":
      return askToSignIn(PATH);
  }
}

/** Asks a further address to confirm, for who knows the password. */
export async function addAddressAction(form: FormData): Promise<void> {
  const actor = await actorOf();
  const typed = oneValue(form, "email") ?? "";
  const checked = await orUnavailable(PATH, () => checkAddress(actor.session, typed));
  if ("error" in checked) {
    return refuse(PATH, { form: "add-address", errors: { email: checked.error } });
  }
  const password = oneValue(form, "password") ?? "";
  const request = { kind: "add-address" as const, email: checked.email };
  const outcome = await orUnavailable(PATH, () => askToWiden(actor, password, request));
  return answerWidening(PATH, "add-address", outcome, actor.session);
}

/** Sets the number support calls back, for who knows the password; an empty one takes it away. */
export async function setPhoneAction(form: FormData): Promise<void> {
  const actor = await actorOf();
  const typed = oneValue(form, "phone") ?? "";
  const read = readPhone(typed);
  if ("error" in read) {
    return refuse(PATH, { form: "set-phone", errors: { phone: read.error } });
  }
  const password = oneValue(form, "password") ?? "";
  const request = { kind: "set-phone" as const, phone: read.phone };
  const outcome = await orUnavailable(PATH, () => askToWiden(actor, password, request));
  return answerWidening(PATH, "set-phone", outcome, actor.session);
}

/** Removes a further address. */
export async function removeAddressAction(form: FormData): Promise<void> {
  const actor = await actorOf();
  const id = oneValue(form, "id") ?? "";
  return answerAddress(await orUnavailable(PATH, () => removeAddress(actor, id)));
}

/** Mails the request to confirm a further address again. */
export async function resendAddressAction(form: FormData): Promise<void> {
  const actor = await actorOf();
  const id = oneValue(form, "id") ?? "";
  return answerAddress(await orUnavailable(PATH, () => resendAddressRequest(actor, id)));
}

async function answerAddress(outcome: AddressOutcome): Promise<void> {
  switch (outcome.kind) {
    case "removed":
      return answerDone(PATH, "address-removed", { address: outcome.email });
    case "sent":
      return answerDone(PATH, "request-sent", { address: outcome.email });
    case "already-removed":
      return answerDone(PATH, "address-already-removed");
    case "confirmed-already":
      return answerDone(PATH, "address-confirmed-already");
    case "too-often":
      return refuse(PATH, { form: "address", reason: "tooOften" });
    case "unknown":
      return notFound();
    case "frozen":
      return answerFrozen();
    case "signed-out":
      return askToSignIn(PATH);
  }
}

/** Saves name, language and time zone. */
export async function saveDetailsAction(form: FormData): Promise<void> {
  const actor = await actorOf();
  const typed = {
    name: oneValue(form, "name") ?? "",
    language: oneValue(form, "language") ?? "",
    timeZone: oneValue(form, "timeZone") ?? "",
  };
  const outcome = await orUnavailable(PATH, () => saveDetails(actor, typed));
  switch (outcome.kind) {
    case "saved":
      if (isLocale(typed.language)) await setLocaleCookie(typed.language);
      return answerDone(PATH, "details-saved");
    case "unchanged":
      return answerDone(PATH, "details-unchanged");
    case "invalid":
      return refuse(PATH, { form: "details", errors: { ...outcome.errors } });
    case "signed-out":
      return askToSignIn(PATH);
  }
}
