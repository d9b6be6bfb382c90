import { actNames, actsRecordedBefore } from "@/lib/account/acts";

/** What stands in the audit log. Reading personal data is in it, as is each change by staff. */
export const auditActions = [
  // Reads.
  "customer-searched",
  "customer-viewed",
  "addresses-shown",
  "case-viewed",
  "document-viewed",
  "mail-viewed",
  "proof-viewed",
  "audit-exported",
  // Acts on a customer.
  ...actNames,
  "call-back-noted",
  "hotline-pass-refused",
  // Cases.
  "case-more-asked",
  "case-approved",
  "case-approval-refused",
  "case-refused",
  "case-carried-out",
  // Staff and settings.
  "staff-invited",
  "staff-invitation-withdrawn",
  "staff-joined",
  "staff-role-changed",
  "staff-factors-reset",
  "setting-changed",
  // Help centre.
  "question-answered",
  "question-declined",
  "question-taken-back",
  // What mails say.
  "template-saved",
  "template-asked",
  "template-published",
  "template-sent-back",
  "template-discarded",
  "template-rolled-back",
  "template-built-in",
  "template-looked-at",
  "template-block-created",
  "template-block-removed",
  "template-image-uploaded",
  "template-test-sent",
  "templates-exported",
  "templates-imported",
] as const;

export type AuditAction = (typeof auditActions)[number];

/** An action by the name an entry has, of now or of before; null: one that this version does not know. */
export const auditActionOf = (stored: string): AuditAction | null =>
  auditActions.find((known) => known === stored) ?? actsRecordedBefore.get(stored) ?? null;

/** Every name that entries about an action have. */
export const storedNamesOf = (action: AuditAction): string[] => [
  action,
  ...[...actsRecordedBefore].filter(([, act]) => act === action).map(([stored]) => stored),
];

/** What an entry is about; its id stands beside it. */
export const auditSubjects = [
  ...["account", "case", "staff", "question", "setting"],
  // A text by its name, such as "sign-in-code/fr", or a picture.
  "template",
  "none",
] as const;

export type AuditSubject = (typeof auditSubjects)[number];
