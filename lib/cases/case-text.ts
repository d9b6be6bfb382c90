import { isVisible } from "@/lib/typed/visible";

// What keeps the parts of a case's text apart; typed ones become dashes, so that nobody writes as another.
const RULE = "━";
const drawn = /[\u2500-\u257f]/gu;

/** A text as typed into a case: its lines as people see them; empty where nothing of it can be seen. */
export function typedText(typed: string): string {
  const text = typed
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cc}\p{Cs}\p{Co}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) =>
      character === "\n" || character === "\t" ? character : "",
    )
    .replace(drawn, "-")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return isVisible(text) ? text : "";
}

/** What was written so far, with an answer below it and when that came. */
export function withAnswer(text: string | null, answer: string, at: Date): string {
  const when = at.toISOString().slice(0, 16).replace("T", " ");
  return `${text ?? ""}\n\n${RULE}${RULE} ${when} UTC ${RULE}${RULE}\n${answer}`.trimStart();
}
