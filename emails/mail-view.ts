import type en from "@/emails/copy/en.json";
import type { Accent } from "@/emails/theme";

/** The copy of every language has the keys of the English one. */
export type MailCopy = typeof en;
export type SharedWords = MailCopy["shared"];

/** One line of what is known about where a mail comes from. */
export type Fact = { label: string; value: string };

/** What every template is given: words already filled, addresses already absolute. */
export type MailView<Kind extends keyof MailCopy> = {
  /** BCP 47, for the document's language. */
  locale: string;
  brand: { name: string; logoUrl: string | null; light: Accent; dark: Accent };
  words: MailCopy[Kind];
  shared: SharedWords;
  facts: Fact[];
  /** Of a mail that tells of several things: what happened each time, by its clock time. */
  happened: Fact[];
  links: {
    signIn: string;
    forgotPassword: string;
    changePassword: string;
    /** Where admins see who is staff, and take roles away. */
    staff: string;
    /** The page that undoes what was not the customer; null in mails that have no such link. */
    notMe: string | null;
  };
  /** Ready sentences with the support contacts; empty if none is set. */
  support: string[];
};

/** The view of a mail about a case of a lost mailbox to who asks for another one. */
export type ApplicantMailView = MailView<
  | "case-received"
  | "case-question"
  | "case-objection"
  | "case-approved"
  | "case-refused"
  | "case-stopped"
  | "case-done"
> & {
  /** What staff wrote; null: nothing. */
  message: string | null;
  /** Absolute, with the token. */
  statusLink: string;
  /** Whether the account now has the recipient's address. */
  hasAddress: boolean;
};

/** The view of a mail about such a case to the addresses the account has. */
export type OwnerMailView = MailView<
  | "case-opened"
  | "case-will-change"
  | "case-reminder"
  | "case-objected"
  | "case-ended"
  | "case-changed"
> & {
  message: string | null;
  /** Whether the recipient can still do something with the account; not once it has another address. */
  isStillTheirs: boolean;
  /** Absolute, with the token; null: there is nothing to object to. */
  objectLink: string | null;
};

/** The view of the mail that carries the link of a password reset. */
export type ResetMailView = MailView<"password-reset"> & {
  /** Absolute, with the token. */
  resetLink: string;
};

/** The view of a mail that carries a code. */
export type CodeMailView<
  Kind extends "sign-in-code" | "sign-up-code" | "widening-code" | "new-address-code",
> = MailView<Kind> & {
  /** Six digits. */
  code: string;
};

/** The view of a mail that asks to confirm an address or to accept an invitation. */
export type ConfirmMailView<
  Kind extends "confirm-address" | "confirm-old-email" | "confirm-new-email" | "staff-invited",
> = MailView<Kind> & {
  /** Absolute, with the token. */
  confirmLink: string;
};
