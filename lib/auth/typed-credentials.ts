import { z } from "zod";

/** RFC 5321, section 4.5.3.1.3, less the angle brackets. */
export const EMAIL_MAX_LENGTH = 254;

/** Long enough for every passphrase, short enough that a hash of it costs nothing extra. */
export const PASSWORD_MIN_LENGTH = 8;
export const PASSWORD_MAX_LENGTH = 128;

/** Contract, "Settled": names have 1 to 100 characters. */
export const NAME_MAX_LENGTH = 100;

const email = z.email().max(EMAIL_MAX_LENGTH);

/** An e-mail address as typed, trimmed and in lower case; null when it is none. */
export function readEmail(typed: unknown): string | null {
  if (typeof typed !== "string") return null;
  const read = email.safeParse(typed.trim().toLowerCase());
  return read.success ? read.data : null;
}

/** A password as typed; null when none was, or one that no account can have. Counted in characters. */
export function readPassword(typed: unknown): string | null {
  if (typeof typed !== "string" || typed === "") return null;
  return [...typed].length <= PASSWORD_MAX_LENGTH ? typed : null;
}

/** The one value of a form's field; null when it is missing, a file, or given more than once. */
export function oneValue(form: FormData, field: string): string | null {
  const values = form.getAll(field);
  const [value] = values;
  return values.length === 1 && typeof value === "string" ? value : null;
}
