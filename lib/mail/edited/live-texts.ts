import type { EditedText } from "@/lib/mail/edited/edited-text";
import { type MailFrame, noFrame } from "@/lib/mail-document/frame";
import type { TextKey } from "@/lib/mail-document/text-key";

/** A text that mails could not be made of, and why. */
export type Fallback = TextKey & { reason: string };

/** What a mail of a kind and language is made of, at an edition. */
export type LiveTexts = {
  /** What is set once for all mails, and its version; 0: nothing is. */
  frame: { version: number; frame: MailFrame };
  /** Its text, and by which versions what is compiled of it is kept; null: the built-in one. */
  text: { versions: string; edited: EditedText } | null;
  /** What is published and cannot be read. */
  unreadable: Fallback[];
};

/** As long as nothing is published. */
export const noTexts: LiveTexts = {
  frame: { version: 0, frame: noFrame },
  text: null,
  unreadable: [],
};
