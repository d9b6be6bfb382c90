"use server";

import { notFound } from "next/navigation";
import { requireActor } from "@/app/account/actor";
import { answerWidening } from "@/app/account/confirm/after-asking";
import { answerDone, orUnavailable, refuse } from "@/app/forms/answer";
import { askToSignIn } from "@/lib/next-auth/session";
import { oneValue } from "@/lib/password/typed-credentials";
import { checkPlace } from "@/lib/places/check-place";
import { removePlace } from "@/lib/places/remove-place";
import { renamePlace } from "@/lib/places/rename-place";
import { askToWiden } from "@/lib/widening/ask-to-widen";

const PATH = "/account/security";

const actorOf = () => orUnavailable(PATH, () => requireActor(PATH));

/** Adds a place by hand, to who knows the password. */
export async function addPlaceAction(form: FormData): Promise<void> {
  const actor = await actorOf();
  const network = oneValue(form, "network") ?? "";
  const name = oneValue(form, "name") ?? "";
  const check = await orUnavailable(PATH, () => checkPlace(actor.session, { network, name }));
  if (check.kind === "known") return answerDone(PATH, "place-known", { place: network });
  if (check.kind === "invalid") {
    const { errors, overlapping } = check;
    return refuse(PATH, { form: "add-place", values: { overlapping }, errors: { ...errors } });
  }
  const password = oneValue(form, "password") ?? "";
  const request = { kind: "add-place" as const, network: check.network, name: check.name };
  const outcome = await orUnavailable(PATH, () => askToWiden(actor, password, request));
  return answerWidening(PATH, "add-place", outcome, actor.session);
}

/** Removes a trusted place. */
export async function removePlaceAction(form: FormData): Promise<void> {
  const actor = await actorOf();
  const id = oneValue(form, "id") ?? "";
  const outcome = await orUnavailable(PATH, () => removePlace(actor, id));
  switch (outcome.kind) {
    case "removed": {
      const { network, wasHere, wasLast } = outcome;
      const here = wasHere ? "place-removed-here" : "place-removed";
      return answerDone(PATH, wasLast ? "last-place-removed" : here, { place: network });
    }
    case "already-removed":
      return answerDone(PATH, "place-already-removed");
    case "unknown":
      return notFound();
    case "signed-out":
      return askToSignIn(PATH);
  }
}

/** Names a trusted place. */
export async function renamePlaceAction(form: FormData): Promise<void> {
  const actor = await actorOf();
  const id = oneValue(form, "id") ?? "";
  const name = oneValue(form, "name") ?? "";
  const outcome = await orUnavailable(PATH, () => renamePlace(actor, id, name));
  switch (outcome.kind) {
    case "renamed":
      return answerDone(PATH, "place-renamed", { place: outcome.network });
    case "unchanged":
      return answerDone(PATH, "place-unchanged", { place: outcome.network });
    case "invalid":
      return refuse(PATH, {
        form: "rename-place",
        values: { id },
        errors: { name: outcome.error },
      });
    case "unknown":
      return notFound();
    case "signed-out":
      return askToSignIn(PATH);
  }
}
