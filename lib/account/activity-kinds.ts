import type { ChangeMailKind } from "@/lib/mail/facts";

/** What stands among an account's activities. Those that are mails' kinds too are told by that mail. */
export const activityKinds = [
  "account-created",
  "place-trusted",
  "password-changed",
  "password-reset",
  "address-asked",
  "place-added",
  "place-renamed",
  "place-removed",
  "browser-trusted",
  "browser-forgotten",
  "browser-copied",
  "session-ended",
  "sessions-ended",
  "details-changed",
  "address-added",
  "address-removed",
  "email-change-asked",
  "email-change-cancelled",
  "email-changed",
  "notices-changed",
  "account-secured",
  "data-exported",
  "closing-asked",
  "closing-cancelled",
] as const satisfies (
  | ChangeMailKind
  | "account-created"
  | "place-trusted"
  | "password-changed"
  | "password-reset"
  | "address-asked"
)[];

export type ActivityKind = (typeof activityKinds)[number];
