import type { Actor } from "@/lib/account/actor";
import { heldBySession } from "@/lib/passkeys/held-by-session";
import { takeAnswer } from "@/lib/passkeys/judge-passkey-answer";
import type { PasskeyRefusal } from "@/lib/passkeys/rules/judge-answer";
import { sentAnswer } from "@/lib/passkeys/sent-answer";

export type { PasskeyRefusal };

/**
 * What a passkey answered to a session, as a form sends it; null: the form holds none.
 *
 * @throws when the database cannot be reached
 */
export async function answerIn(form: FormData, actor: Actor) {
  const sent = sentAnswer(form);
  return sent.text === "" ? null : takeAnswer(sent, heldBySession(actor, "confirm"));
}
