import { env } from "@/lib/env/env";
import type { MailLinkType } from "@/lib/mail/mail-row";
import type { LinkPurpose } from "@/lib/secrets/link-token";

/** The one link of a mail that acts: what it is for, and the row whose id its token holds. */
export type MailLink = { type: MailLinkType; id: string };

const pages = {
  "password reset": "/reset-password",
  "confirm-address": "/confirm-address",
  "confirm-old-email": "/confirm-address",
  "confirm-new-email": "/confirm-address",
  "object-case": "/recover/object",
  case: "/recover/status",
  "staff-invitation": "/staff-invitation",
  "not-me": "/not-me",
} as const satisfies Record<LinkPurpose, string>;

/** Where anybody asks whether a mail is ours, as each of them says. */
export const WAS_IT_US_PATH = "/help/was-it-us";

/** Where a link in a mail leads, absolute, with its token. */
export const linkAddress = (type: LinkPurpose, token: string): string =>
  `${env().appUrl}${pages[type]}?token=${token}`;
