import type { StaffMember } from "@/lib/account/staff-member";
import type { MailKind } from "@/lib/mail/kinds";

/** How a text is in one language, one word: the first of waiting, draft, outdated, published, built-in. */
export type TextState = "built-in" | "published" | "draft" | "waiting" | "outdated";

/** A text in one language, as the list shows it. */
export type ListedLanguage = {
  /** "all" of the frame. */
  language: string;
  state: TextState;
  /** Whether the built-in text is another than when the live version was published. */
  isBuiltInChanged: boolean;
  /** The last change of a draft or of what is live; null: none ever was. By: null, account gone. */
  changed: { by: string | null; at: Date } | null;
  /** How many went out in the last 30 days; of blocks and the frame 0. */
  sent: number;
  /** When the built-in text last went out instead, within a week; null: it did not. */
  fellBackAt: Date | null;
};

export type ListedText<Subject extends string = string> = {
  subject: Subject;
  languages: ListedLanguage[];
};

export type TextList = {
  mails: ListedText<MailKind>[];
  /** `subject` is `block:<name>`. */
  blocks: ListedText[];
  frame: ListedLanguage;
};

/** Every text there is, in the order of `mailKinds`, blocks by name. */
export declare function listTexts(staff: StaffMember): Promise<TextList>;
