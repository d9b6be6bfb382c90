import { z } from "zod";

/** The mails we send; each has a template in `emails/` and words in `emails/copy/`. */
export const mailKinds = [
  "sign-in-code",
  "sign-up-code",
  "place-trusted",
  "sign-in-blocked",
  "new-browser",
  "someone-knows-your-password",
  "already-have-account",
  "password-reset",
  "password-changed",
] as const;

export type MailKind = (typeof mailKinds)[number];

/** Whether a mail carries the code of its challenge. */
export function carriesCode(kind: MailKind): boolean {
  return kind === "sign-in-code" || kind === "sign-up-code";
}

/** Whether a mail carries the link of its password reset. */
export function carriesLink(kind: MailKind): boolean {
  return kind === "password-reset";
}

const moment = z.iso.datetime({ offset: true });

/** What a mail tells. Never a code, token or secret: those are derived when it is rendered. */
export const mailFactsSchema = z.object({
  /** The account's address, or the one that was signed up with. */
  accountEmail: z.string(),
  /** The address as text; null if unknown. */
  ip: z.string().nullable(),
  /** ISO 3166, two capitals; null if unknown. */
  countryCode: z.string().nullable(),
  /** Such as "Chrome 156". */
  browser: z.string().nullable(),
  /** Such as "Windows 11". */
  system: z.string().nullable(),
  /** When it happened, ISO 8601. */
  at: moment,
  /** ISO 8601: the end of a code or link, of a block, or of the wait for new places; without it, that wait ends with a new password. */
  until: moment.optional(),
  /** What the customer reads out to support, such as K7QM-2PX. */
  reference: z.string().optional(),
});

export type MailFacts = z.infer<typeof mailFactsSchema>;
