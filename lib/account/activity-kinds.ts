import { changeMails } from "@/lib/mail/kinds";

/**
 * What stands among an account's activities: the changes of which a mail of that kind notifies, and
 * more.
 */
export const activityKinds = [
  "account-created",
  "place-trusted",
  "password-changed",
  "password-reset",
  "address-asked",
  "case-sent",
  "case-objected",
  "case-approved",
  "case-ended",
  "email-recovered",
  "passkey-renamed",
  "factors-case-sent",
  "factors-case-objected",
  "factors-case-approved",
  "factors-case-ended",
  ...changeMails,
] as const;

export type ActivityKind = (typeof activityKinds)[number];
