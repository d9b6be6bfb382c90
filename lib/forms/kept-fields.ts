/**
 * Fields that hold, or lead to, what opens something: never kept of a form that was not taken. Every
 * field of every form that was ever shown stands in one of these lists; a test holds them to that.
 */
export const secretFields = [
  "code",
  "currentPassword",
  "newPassword",
  "password",
  "pin",
  "token",
] as const;

/** Hidden fields that say what a form is about. They come back with what was typed. */
export const aboutFields = [
  "act",
  "article",
  "callbackUrl",
  "challenge",
  "customer",
  "for",
  "id",
  "locale",
  "pressed",
  "target",
  "trustAsked",
  "version",
] as const;

/** Fields whose content comes back with a form that was not taken. */
export const typedFields = [
  "answer",
  "approvals",
  "calledBack",
  "comment",
  "document",
  "email",
  "language",
  "name",
  "network",
  "phone",
  "question",
  "reason",
  "reference",
  "role",
  "signOutElsewhere",
  "stars",
  "story",
  "text",
  "timeZone",
  "told",
  "trust",
  "useful",
] as const;

const typed: ReadonlySet<string> = new Set(typedFields);
const about: ReadonlySet<string> = new Set(aboutFields);

/** Whether a field of this name holds what somebody typed or chose, and may be kept. */
export const isTyped = (field: string): boolean => typed.has(field);

/** Whether a field of this name may be kept; one that nobody has listed may not. */
export const mayBeKept = (field: string): boolean => isTyped(field) || about.has(field);
