import type { MailKind } from "@/lib/mail/facts";

/**
 * How many things of one kind an account is told of by a mail each within an hour; the others come in
 * one mail at its end. Things count, not recipients.
 */
export const NOTICES_PER_HOUR = 5;

/** How many of the others that mail lists; it counts all. */
export const GATHERED_LISTED = 50;

/**
 * Which kinds are capped: whatever a stranger with a session, or with the right password at a trusted
 * place, can make happen as often as they like. At once go what asks for something or carries a code,
 * what cannot happen often, and what the account's owner has to be able to stop in time.
 */
export const caps = {
  // Codes and links: each has an hourly limit of its own.
  "sign-in-code": "at-once",
  "sign-up-code": "at-once",
  "widening-code": "at-once",
  "new-address-code": "at-once",
  "password-reset": "at-once",
  "confirm-address": "at-once",
  "confirm-old-email": "at-once",
  "confirm-new-email": "at-once",
  "staff-invited": "at-once",
  // At most once a day, or once at all.
  "someone-knows-your-password": "at-once",
  "already-have-account": "at-once",
  "account-closed": "at-once",
  // A case: five are sent in an hour, and its owner must be able to object in time.
  "case-received": "at-once",
  "case-question": "at-once",
  "case-objection": "at-once",
  "case-approved": "at-once",
  "case-refused": "at-once",
  "case-stopped": "at-once",
  "case-done": "at-once",
  "case-opened": "at-once",
  "case-will-change": "at-once",
  "case-reminder": "at-once",
  "case-objected": "at-once",
  "case-ended": "at-once",
  "case-changed": "at-once",
  // Five wishes in an hour; the old address must be able to undo what came of one.
  "email-change-asked": "at-once",
  "email-changed": "at-once",
  // One press uses every link up; a pass holds for minutes.
  "account-secured": "at-once",
  "hotline-pass": "at-once",
  // What is gathered is not gathered again.
  "more-notices": "at-once",
  "place-trusted": "capped",
  "sign-in-blocked": "capped",
  "new-browser": "capped",
  "password-changed": "capped",
  "place-added": "capped",
  "place-renamed": "capped",
  "place-removed": "capped",
  "browser-trusted": "capped",
  "browser-forgotten": "capped",
  "browser-copied": "capped",
  "session-ended": "capped",
  "sessions-ended": "capped",
  "details-changed": "capped",
  "address-added": "capped",
  "address-removed": "capped",
  "email-change-cancelled": "capped",
  "notices-changed": "capped",
  "data-exported": "capped",
  "closing-asked": "capped",
  "closing-cancelled": "capped",
  "phone-changed": "capped",
  "role-changed": "capped",
  "block-lifted": "capped",
  "sessions-ended-by-support": "capped",
  "place-forgotten-by-support": "capped",
  "password-switched-off": "capped",
  "reset-by-support": "capped",
  "staff-joined": "capped",
  "staff-role-changed": "capped",
  "approval-refused": "capped",
  "pass-refused": "capped",
  "approvals-changed": "capped",
} as const satisfies Record<MailKind, "at-once" | "capped">;

/** Whether mails of a kind are gathered beyond `NOTICES_PER_HOUR`. */
export const isCapped = (kind: MailKind): boolean => caps[kind] === "capped";
