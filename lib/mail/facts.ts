import { z } from "zod";
import { ties } from "@/lib/mail/rules/ties";

/** Mails with a template of their own: each has a template in `emails/` and words in `emails/copy/`. */
const doorMails = [
  "sign-in-code",
  "sign-up-code",
  "place-trusted",
  "sign-in-blocked",
  "new-browser",
  "someone-knows-your-password",
  "already-have-account",
  "password-reset",
  "password-changed",
  "account-closed",
  "staff-invited",
  "more-notices",
] as const;

/** Mails that ask for something: a code to be typed, an address to be confirmed. */
const askingMails = [
  "widening-code",
  "new-address-code",
  "confirm-address",
  "confirm-old-email",
  "confirm-new-email",
] as const;

/** Mails about a case of a lost mailbox to the address that is asked for; each leads to its status. */
export const applicantMails = [
  "case-received",
  "case-question",
  "case-objection",
  "case-approved",
  "case-refused",
  "case-stopped",
  "case-done",
] as const;

/** Mails about such a case to the addresses the account has; those with a link let them object. */
export const ownerMails = [
  "case-opened",
  "case-will-change",
  "case-reminder",
  "case-objected",
  "case-ended",
  "case-changed",
] as const;

/** Mails to all other admins about what one of the staff did or tried; they share a template too. */
export const staffMails = [
  "staff-joined",
  "staff-role-changed",
  "approval-refused",
  "pass-refused",
  "approvals-changed",
] as const;

/** Mails that tell of one change on the account; they share a template, each has words of its own. */
export const changeMails = [
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
  "phone-changed",
  "role-changed",
  "block-lifted",
  "sessions-ended-by-support",
  "place-forgotten-by-support",
  "password-switched-off",
  "reset-by-support",
  "hotline-pass",
] as const;

/** The mails we send. */
export const mailKinds = [
  ...doorMails,
  ...askingMails,
  ...applicantMails,
  ...ownerMails,
  ...staffMails,
  ...changeMails,
] as const;

export type MailKind = (typeof mailKinds)[number];
export type ChangeMailKind = (typeof changeMails)[number];
export type ApplicantMailKind = (typeof applicantMails)[number];
export type OwnerMailKind = (typeof ownerMails)[number];
export type StaffMailKind = (typeof staffMails)[number];

/** Whether a mail tells of one change on the account. */
export function tellsOfChange(kind: MailKind): kind is ChangeMailKind {
  return (changeMails as readonly string[]).includes(kind);
}

/** Whether a mail tells of a case to the address that is asked for, and leads to its status. */
export function tellsApplicant(kind: MailKind): kind is ApplicantMailKind {
  return (applicantMails as readonly string[]).includes(kind);
}

/** Whether a mail tells of a case to the addresses the account has. */
export function tellsOwner(kind: MailKind): kind is OwnerMailKind {
  return (ownerMails as readonly string[]).includes(kind);
}

/** Whether a mail tells an admin of what another one of the staff did or tried. */
export function tellsAdmins(kind: MailKind): kind is StaffMailKind {
  return (staffMails as readonly string[]).includes(kind);
}

const objectableMails: MailKind[] = ["case-opened", "case-will-change", "case-reminder"];

/** Whether a mail carries the link by which an old address objects to a case. */
export function carriesObjectLink(kind: MailKind): boolean {
  return objectableMails.includes(kind);
}

const codeMails: MailKind[] = ["sign-in-code", "sign-up-code", "widening-code", "new-address-code"];

/** Whether a mail carries the code of its challenge. */
export function carriesCode(kind: MailKind): boolean {
  return codeMails.includes(kind);
}

/** Whether a mail carries the link of its password reset. */
export function carriesResetLink(kind: MailKind): boolean {
  return kind === "password-reset";
}

const confirmingMails = ["confirm-address", "confirm-old-email", "confirm-new-email"] as const;
export type ConfirmingMailKind = (typeof confirmingMails)[number];

/** Whether a mail carries a link that confirms an address. Its kind is the purpose of that link. */
export function carriesConfirmLink(kind: MailKind): kind is ConfirmingMailKind {
  return (confirmingMails as readonly string[]).includes(kind);
}

const moment = z.iso.datetime({ offset: true });

/** What a change was about; each is a line of the mail. */
export const aboutSchema = z.object({
  /** A network as text: 203.0.113.7, 203.0.113.0/24 or 2001:db8:1:2::/64. */
  place: z.string().optional(),
  /** Which row it was, for who removes it twice. */
  rowId: z.string().optional(),
  /** What the customer calls the place. */
  placeName: z.string().nullable().optional(),
  /** What the place was called before. */
  placeNameBefore: z.string().nullable().optional(),
  /** The address that was added, removed, or changed to. */
  address: z.string().optional(),
  /** The contact e-mail before its change. */
  addressBefore: z.string().optional(),
  /** The browser or session that was trusted, forgotten or ended. */
  browser: z.string().nullable().optional(),
  system: z.string().nullable().optional(),
  /** Which contact details changed. */
  details: z.array(z.enum(["name", "language", "time-zone"])).optional(),
  /** Whether "a new browser at a known place" is mailed from now on. */
  told: z.boolean().optional(),
  /** Why support did it, in their words. */
  reason: z.string().optional(),
  /** The end of a telephone number, such as •••• 0100; null: there is none any more. */
  phoneEnd: z.string().nullable().optional(),
  /** The role an account has from now on. */
  role: z.enum(["customer", "marketing", "support", "admin"]).optional(),
  /** The member of staff that admins are told of, by their address. */
  member: z.string().optional(),
  /** Who invited them or changed their role, by their address; null: the command on the server. */
  by: z.string().nullable().optional(),
  /** Why what they tried needs somebody else. */
  tie: z.enum(ties).optional(),
  /** How many members of staff have to agree to a case from now on. */
  approvals: z.number().optional(),
});

export type About = z.infer<typeof aboutSchema>;

/** One thing that was kept for a mail which tells of several. */
const gatheredSchema = z.object({
  at: moment,
  ip: z.string().nullable(),
  browser: z.string().nullable(),
  system: z.string().nullable(),
  about: aboutSchema.optional(),
  reference: z.string().optional(),
  until: moment.optional(),
});

export type GatheredNotice = z.infer<typeof gatheredSchema>;

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
  /**
   * ISO 8601: the end of a code or link, of a block, of the wait for new places (without it, that wait
   * ends with a new password), or when an account is erased.
   */
  until: moment.optional(),
  /** What the customer reads out to support, such as K7QM-2PX. */
  reference: z.string().optional(),
  about: aboutSchema.optional(),
  /** What staff ask for or give as their reason, in their own words. */
  message: z.string().optional(),
  /** Whether support did it, so that no address, browser or country is the customer's. */
  bySupport: z.boolean().optional(),
  /** Of a mail that tells of several things at once: of which kind, how many, since when, and the first. */
  more: z
    .object({
      kind: z.enum(mailKinds),
      count: z.number().int(),
      first: moment,
      items: z.array(gatheredSchema),
    })
    .optional(),
});

export type MailFacts = z.infer<typeof mailFactsSchema>;
