import { type EditedText, piecesOf } from "@/lib/mail/edited/edited-text";
import { requiredOf, variablesOf } from "@/lib/mail/edited/variables";
import type { MailShape } from "@/lib/mail/mail-shape";

type NotServed = { name: string; is(shape: MailShape, text: EditedText): boolean };

const hasMessagePanel = (text: EditedText) =>
  piecesOf(text).some((piece) => piece.type === "panel" && piece.panel === "message");

/** Mails that need a condition, which no text has: their built-in one goes out, and nothing is wrong. */
export const notServed: readonly NotServed[] = [
  {
    name: "a sign-in code for staff, who are asked for one everywhere",
    is: ({ kind, isOfStaff }) => kind === "sign-in-code" && isOfStaff,
  },
  {
    name: "what happened again, for admins: it is not about an account of theirs",
    is: ({ kind, isForAdmin }) => kind === "more-notices" && isForAdmin,
  },
  {
    name: "words of staff that the text has no place for",
    is: ({ kind, message }, text) =>
      message === "words" &&
      variablesOf(kind).some(({ name }) => name === "message") &&
      !requiredOf(kind).includes("message") &&
      !hasMessagePanel(text),
  },
];

/**
 * Whether mails of a shape can be made of a text.
 *
 * @throws where a block of the text is not there
 */
export const isServed = (shape: MailShape, text: EditedText): boolean =>
  !notServed.some((one) => one.is(shape, text));
