import { typedPassword } from "@/lib/password/rules/typed-password";

/** Long enough for every passphrase, short enough that a hash of it costs nothing extra. */
export const PASSWORD_MIN_LENGTH = 8;
export const PASSWORD_MAX_LENGTH = 128;

/** Contract, "Names, addresses and references": names have 1 to 100 characters. */
export const NAME_MAX_LENGTH = 100;

/**
 * A typed password in its one form; null when none was, or one that no account can have. Counted in
 * characters.
 */
export function readPassword(typed: unknown): string | null {
  if (typeof typed !== "string" || typed === "") return null;
  const password = typedPassword(typed);
  // One that was counted as it was typed may be longer in this form, and still opens its account.
  const isLong = [typed, password].every((text) => [...text].length > PASSWORD_MAX_LENGTH);
  return isLong ? null : password;
}

/** The one value of a form's field; null when it is missing, a file, or given more than once. */
export function oneValue(form: FormData, field: string): string | null {
  const values = form.getAll(field);
  const [value] = values;
  return values.length === 1 && typeof value === "string" ? value : null;
}
