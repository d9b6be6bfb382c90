/**
 * Fields that hold, or lead to, what opens something: never kept of a form that was not taken. Every
 * field of every form that was ever shown stands in one of these lists; a test holds them to that.
 */
export const secretFields = [
  "ceremony",
  "code",
  "currentPassword",
  "newPassword",
  "number",
  "passkey",
  "password",
  "pin",
  "source",
  "token",
] as const;

/** Hidden fields that say what a form is about. They come back with what was typed. */
export const aboutFields = [
  "act",
  "article",
  "base",
  "callbackUrl",
  "challenge",
  "customer",
  "digest",
  "for",
  "id",
  "kind",
  "locale",
  "pressed",
  "seen",
  "target",
  "trustAsked",
  "version",
  "view",
  "what",
] as const;

/** Fields whose content comes back with a form that was not taken. */
export const typedFields = [
  "answer",
  "approvals",
  "asking",
  "calledBack",
  "comment",
  "dark",
  "document",
  "email",
  "file",
  "footer-en",
  "footer-es",
  "footer-fr",
  "footer-pt",
  "hosts",
  "isSecondStep",
  "language",
  "leading",
  "legal-en",
  "legal-es",
  "legal-fr",
  "legal-pt",
  "light",
  "logo",
  "lost",
  "name",
  "network",
  "note",
  "one",
  "phone",
  "preview",
  "question",
  "reason",
  "reference",
  "replace",
  "role",
  "senderName",
  "signOutElsewhere",
  "signsIn",
  "stars",
  "story",
  "subject",
  "text",
  "timeZone",
  "to",
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
