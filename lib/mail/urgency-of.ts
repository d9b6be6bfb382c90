import type { MailKind } from "@/lib/mail/facts";
import type { Urgency } from "@/lib/mail/rules/urgency";

/**
 * How urgent each kind is. A link is what somebody asked for and waits for, or must be able to follow
 * in time; everything else tells of something.
 */
export const urgencyOf = {
  "sign-in-code": "code",
  "sign-up-code": "code",
  "widening-code": "code",
  "new-address-code": "code",
  // Stands for a sign-up's code and must be as quick, so that nobody can tell the two apart.
  "already-have-account": "code",
  "password-reset": "link",
  "confirm-address": "link",
  "confirm-old-email": "link",
  "confirm-new-email": "link",
  "staff-invited": "link",
  "case-received": "link",
  "case-question": "link",
  "case-objection": "link",
  "case-approved": "link",
  "case-refused": "link",
  "case-stopped": "link",
  "case-done": "link",
  "case-opened": "link",
  "case-will-change": "link",
  "case-reminder": "link",
  "hotline-pass": "link",
  "case-objected": "notice",
  "case-ended": "notice",
  "case-changed": "notice",
  "place-trusted": "notice",
  "sign-in-blocked": "notice",
  "new-browser": "notice",
  "someone-knows-your-password": "notice",
  "password-changed": "notice",
  "account-closed": "notice",
  "more-notices": "notice",
  "staff-joined": "notice",
  "staff-role-changed": "notice",
  "approval-refused": "notice",
  "pass-refused": "notice",
  "approvals-changed": "notice",
  "place-added": "notice",
  "place-renamed": "notice",
  "place-removed": "notice",
  "browser-trusted": "notice",
  "browser-forgotten": "notice",
  "browser-copied": "notice",
  "session-ended": "notice",
  "sessions-ended": "notice",
  "details-changed": "notice",
  "address-added": "notice",
  "address-removed": "notice",
  "email-change-asked": "notice",
  "email-change-cancelled": "notice",
  "email-changed": "notice",
  "notices-changed": "notice",
  "account-secured": "notice",
  "data-exported": "notice",
  "closing-asked": "notice",
  "closing-cancelled": "notice",
  "phone-changed": "notice",
  "role-changed": "notice",
  "block-lifted": "notice",
  "sessions-ended-by-support": "notice",
  "place-forgotten-by-support": "notice",
  "password-switched-off": "notice",
  "reset-by-support": "notice",
} as const satisfies Record<MailKind, Urgency>;

/** The kinds of mail of one urgency. */
export const kindsOf = (urgency: Urgency): string[] =>
  Object.entries(urgencyOf)
    .filter(([, one]) => one === urgency)
    .map(([kind]) => kind);
