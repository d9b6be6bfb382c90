import { EMAIL_MAX_LENGTH, readEmail } from "@/lib/auth/typed-credentials";

/** Why an address is not taken; each is a message's key. */
export type EmailError = "emailMissing" | "emailInvalid" | "emailTooLong";

/** An address as typed into a form: in lower case, or what is wrong with it. */
export function typedEmail(typed: string): { email: string } | { error: EmailError } {
  if (typed.trim() === "") return { error: "emailMissing" };
  if ([...typed.trim()].length > EMAIL_MAX_LENGTH) return { error: "emailTooLong" };
  const email = readEmail(typed);
  return email === null ? { error: "emailInvalid" } : { email };
}
