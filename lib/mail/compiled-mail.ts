import type { MailValue } from "@/lib/mail/mail-values";

/** Text with holes: `literals` has one entry more than `holes`, and they alternate. */
export type Holed<Hole> = { literals: string[]; holes: Hole[] };

/** Where something of the one mail goes that is a single piece of text. */
export type SingleHole = MailValue | "link" | "notMe";

export type HtmlHole =
  | SingleHole
  /** Lines of two cells: what stands between the cells, and between one line and the next. */
  | { rows: "facts" | "happened"; between: string; apart: string }
  /** What staff wrote: what stands between two paragraphs. */
  | { paragraphs: "message"; apart: string }
  /** The line that lists of mails show: at most `longest` characters, filled up by blanks. */
  | { preview: Holed<MailValue>; blank: string; longest: number };

export type TextHole =
  | SingleHole
  | { columns: "facts" | "happened" }
  | { paragraphs: "message"; apart: string };

/** A kind of mail in one language, for one host, as all mails of its shape are: to be filled. */
export type CompiledMail = {
  subject: Holed<MailValue>;
  html: Holed<HtmlHole>;
  text: Holed<TextHole>;
};
