import type { MailKind } from "@/emails/mail-view";
import type { MailRow } from "@/lib/mail/mail-row";

// What most mails are. Whether a kind is a security mail has no such default: each row says it.
const plain = {
  carries: null,
  hasNotMe: false,
  urgency: "notice",
  isCapped: true,
  expires: null,
  needs: [],
  labels: {},
  variant: null,
} as const;

// Codes and links go at once: each has an hourly limit of its own.
const code = {
  ...plain,
  carries: "code",
  urgency: "code",
  isCapped: false,
  expires: "code",
  needs: ["until"],
} as const;
const link = {
  ...plain,
  urgency: "link",
  isCapped: false,
  expires: "link",
  needs: ["until"],
} as const;

// Whatever a stranger with a session, or with the right password at a trusted place, can make happen as
// often as they like is capped; not what cannot happen often, nor what has to be stopped in time.
const security = { ...plain, isSecurity: true, hasNotMe: true } as const;
const change = { ...security, template: "account-changed" } as const;
const ofStaff = { ...plain, template: "staff-notice", isSecurity: false } as const;
const ofStudio = {
  ...ofStaff,
  template: "studio-notice",
  labels: { by: "doneByLabel" },
} as const;

// Five cases are sent in an hour, and the account's owner must be able to object in time.
const ofCase = {
  ...plain,
  isSecurity: false,
  isCapped: false,
  needs: ["reference"],
  labels: { address: "newAddressLabel", reference: "caseNumberLabel" },
} as const;
const toApplicant = {
  ...ofCase,
  template: "case-for-applicant",
  carries: "case",
  urgency: "link",
} as const;
const toOwner = { ...ofCase, template: "case-for-owner" } as const;
const objectable = { ...toOwner, carries: "object-case", urgency: "link" } as const;

/** Our mails, a row a kind. A section of words without a row, or a row without words, is an error of types. */
export const mails = {
  "sign-in-code": { ...code, template: "sign-in-code", isSecurity: true, hasNotMe: true },
  "widening-code": { ...code, template: "widening-code", isSecurity: true, hasNotMe: true },
  "sign-up-code": { ...code, template: "sign-up-code", isSecurity: false },
  "new-address-code": { ...code, template: "sign-up-code", isSecurity: false },
  "already-have-account": {
    ...plain,
    template: "already-have-account",
    isSecurity: false,
    // Stands for a sign-up's code and must be as quick, so that nobody can distinguish the two.
    // Once a day.
    urgency: "code",
    isCapped: false,
  },

  "password-reset": {
    ...link,
    template: "password-reset",
    carries: "password reset",
    isSecurity: false,
  },
  "confirm-address": {
    ...link,
    template: "confirm-address",
    carries: "confirm-address",
    isSecurity: false,
  },
  // Goes to one address, which belongs to the owner: it carries "that was not me" all the same.
  "confirm-old-email": {
    ...link,
    template: "confirm-email-change",
    carries: "confirm-old-email",
    isSecurity: false,
    hasNotMe: true,
  },
  "confirm-new-email": {
    ...link,
    template: "confirm-email-change",
    carries: "confirm-new-email",
    isSecurity: false,
  },
  "staff-invited": {
    ...link,
    template: "confirm-address",
    carries: "staff-invitation",
    isSecurity: false,
  },

  "place-trusted": { ...security, template: "place-trusted" },
  "sign-in-blocked": {
    ...security,
    template: "sign-in-blocked",
    expires: "block",
    needs: ["until", "reference"],
  },
  "new-browser": { ...security, template: "new-browser" },
  "someone-knows-your-password": {
    ...security,
    template: "someone-knows-your-password",
    // At most once a day.
    isCapped: false,
    expires: "wait",
  },
  "password-changed": { ...security, template: "password-changed" },
  // Gathers others, and is not gathered again. It carries a link where these would have had one.
  "more-notices": {
    ...plain,
    template: "more-notices",
    isSecurity: false,
    hasNotMe: true,
    isCapped: false,
    needs: ["more"],
  },
  "account-closed": { ...plain, template: "account-closed", isSecurity: false, isCapped: false },

  "case-received": toApplicant,
  "case-question": { ...toApplicant, expires: "answer", needs: ["until", "reference"] },
  "case-objection": toApplicant,
  "case-approved": { ...toApplicant, expires: "change", needs: ["until", "reference"] },
  "case-refused": toApplicant,
  "case-stopped": toApplicant,
  "case-done": { ...toApplicant, variant: "moved" },

  "case-opened": objectable,
  "case-will-change": { ...objectable, expires: "change", needs: ["until", "reference"] },
  "case-reminder": { ...objectable, expires: "change", needs: ["until", "reference"] },
  "case-objected": toOwner,
  "case-ended": toOwner,
  "case-changed": { ...toOwner, variant: "moved" },
  // Of a lost second factor: the address stays, and both sides read the same mailbox.
  "factors-case-opened": objectable,
  "factors-case-will-end": { ...objectable, expires: "change", needs: ["until", "reference"] },
  "factors-case-question": {
    ...toApplicant,
    expires: "answer",
    needs: ["until", "reference"],
    variant: "of-factors",
  },
  "factors-case-refused": { ...toApplicant, variant: "of-factors" },

  "staff-joined": ofStaff,
  "staff-role-changed": ofStaff,
  "staff-factors-reset": ofStaff,
  "approval-refused": {
    ...ofStaff,
    needs: ["reference"],
    labels: { reference: "caseNumberLabel" },
  },
  "pass-refused": ofStaff,
  "approvals-changed": ofStaff,
  "template-settings-changed": { ...ofStaff, labels: { by: "doneByLabel" } },
  "template-waits": ofStudio,
  "template-made-live": ofStudio,
  // Once an hour a text.
  "template-fell-back": ofStudio,
  // Asked for by whoever gets it or a colleague; each person's are counted.
  "template-test": { ...ofStudio, urgency: "link", isCapped: false },

  "place-added": change,
  // Of versions before: one that still waits is sent, alone or with others of its hour.
  "place-renamed": change,
  "place-removed": change,
  "browser-trusted": change,
  "browser-forgotten": change,
  "browser-copied": change,
  // Holds for minutes, and whoever is not behind it has to stop it in time.
  "let-in": { ...change, urgency: "link", isCapped: false },
  "session-ended": change,
  "sessions-ended": change,
  "details-changed": change,
  "address-added": change,
  "address-removed": change,
  // Five in an hour; the old address must be able to undo what came of one.
  "email-change-asked": { ...change, isCapped: false },
  "email-change-cancelled": change,
  "email-changed": { ...change, isCapped: false },
  "notices-changed": change,
  // One press uses every link up.
  "account-secured": {
    ...change,
    isCapped: false,
    expires: "block",
    labels: { until: "blockedUntilLabel" },
  },
  "data-exported": change,
  "closing-asked": { ...change, expires: "account", needs: ["until"] },
  "closing-cancelled": change,
  "phone-changed": change,
  "factor-added": change,
  "factor-removed": change,
  "passkey-changed": change,
  "passkey-made": change,
  "recovery-codes-made": change,
  "factor-asking-changed": change,
  // Once, by staff or at the end of a case, and must be objected to in time.
  "factors-reset": { ...change, isCapped: false },
  // Once, when "that was not me" was pressed; and what became of it.
  "factors-end-asked": { ...change, isCapped: false, expires: "change", needs: ["until"] },
  "factors-kept": { ...change, isCapped: false },
  "factors-ended": { ...change, isCapped: false },
  "role-changed": change,
  "block-lifted": change,
  "sessions-ended-by-support": change,
  "place-forgotten-by-support": change,
  "password-switched-off": { ...change, variant: "leads-back" },
  "reset-by-support": change,
  // Holds for minutes, and is about the caller's own request.
  "hotline-pass": {
    ...change,
    urgency: "link",
    isCapped: false,
    expires: "pass",
    needs: ["until"],
    variant: "by-support",
  },
} as const satisfies { [Kind in MailKind]: MailRow<Kind> };
