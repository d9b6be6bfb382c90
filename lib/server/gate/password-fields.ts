/** The names of fields that hold a password. */
export const passwordFields = ["currentPassword", "newPassword", "password"] as const;
export type PasswordField = (typeof passwordFields)[number];

// Next's script writes a number before the names of a form's fields.
const written = /^(?:\d+_)?(.+)$/;

/** Which password a field of this name holds; undefined where it holds none. */
export const passwordFieldOf = (name: string): PasswordField | undefined =>
  passwordFields.find((field) => field === written.exec(name)?.[1]);
