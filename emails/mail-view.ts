import type en from "@/emails/copy/en.json";
import type { Accent } from "@/emails/theme";

/** The copy of every language has the keys of the English one. */
export type MailCopy = typeof en;
export type SharedWords = MailCopy["shared"];

/** Our mails; the words of each stand in a section of that name. */
export type MailKind = Exclude<keyof MailCopy, "shared">;

/** The mails whose sections have some words: what a template is for that needs these. */
export type KindWithWords<Word extends string> = {
  [Kind in MailKind]: MailCopy[Kind] extends Record<Word, string> ? Kind : never;
}[MailKind];

/** One line of what is known about where a mail comes from. */
export type Fact = { label: string; value: string };

/**
 * What a kind of mail says otherwise than its template's others: the account has the new address by now,
 * a way leads back to a password, or support did it.
 */
export type Variant = "moved" | "leads-back" | "by-support" | "of-factors";

/** What every template is given: words already filled, addresses already absolute. */
export type MailView<Kind extends MailKind> = {
  /** BCP 47, for the document's language. */
  locale: string;
  brand: { name: string; logoUrl: string | null; light: Accent; dark: Accent };
  words: MailCopy[Kind];
  shared: SharedWords;
  variant: Variant | null;
  facts: Fact[];
  /** Six digits; null in mails that carry no code. */
  code: string | null;
  /** Where the one link that acts leads, with its token; null in mails that carry none. */
  link: string | null;
  /** What staff wrote, or null. */
  message: string | null;
  /** Whether support did it. */
  isBySupport: boolean;
  /** Whether it is about one of the staff, who are asked for a code everywhere. */
  isOfStaff: boolean;
  /** Of a mail that gathers several things. */
  gathered: {
    /** What happened each time, by its clock time. */
    happened: Fact[];
    /** Whether more happened than is listed. */
    isCut: boolean;
    /** Whether it is for an admin, and not about the reader's own account. */
    isForAdmin: boolean;
  };
  links: {
    signIn: string;
    forgotPassword: string;
    changePassword: string;
    /** Where admins see who is staff, and take roles away. */
    staff: string;
    /** Where the texts of mails are edited. */
    texts: string;
    /** Where anybody asks whether a mail is ours. */
    wasItUs: string;
    /** The page that undoes what was not the customer; null in mails that have no such link. */
    notMe: string | null;
  };
  /** Ready sentences with the support contacts; empty if none is set. */
  support: string[];
  /** Why it came, and what the law wants said, a paragraph each. */
  footer: string[];
  legal: string[];
};

/** The view of a mail that carries a code. */
export type CodeMailView<Kind extends MailKind> = MailView<Kind> & { code: string };

/** The view of a mail that carries a link. */
export type LinkMailView<Kind extends MailKind> = MailView<Kind> & { link: string };
