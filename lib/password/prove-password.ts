import type { Actor } from "@/lib/account/actor";
import { checkPassword } from "@/lib/password/check-password";

/**
 * Whether the password typed again is the account's and opens anything: one that is switched off is
 * wrong. `missing` costs no attempt.
 */
export type PasswordProof =
  | { kind: "right" }
  | { kind: "missing" }
  | { kind: "wrong" }
  /** Said before the password is looked at. */
  | { kind: "too-many"; until: Date };

/** Checks the password that stands in a form of a signed-in customer; wrong ones count like at a sign-in. */
export async function provePassword(actor: Actor, typed: string): Promise<PasswordProof> {
  if (typed === "") return { kind: "missing" };
  const { session, client, browserId } = actor;
  const checked = await checkPassword(session.account.email, typed, client, browserId);
  if (checked.kind !== "right") return checked;
  return { kind: checked.passwordOff ? "wrong" : "right" };
}
