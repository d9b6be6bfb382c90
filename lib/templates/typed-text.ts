import { CHARACTERS_MOST } from "@/lib/mail-document/rules/limits";
import { NOTE_CHARACTERS_MOST } from "@/lib/templates/rules/limits";

/** A text as people type it, in the plain notation; of the frame, `text` is JSON and the others are empty. */
export type TypedText = { subjectLine: string; previewLine: string; text: string };

/** What a form of an editor sends. */
export type TypedDraft = TypedText & {
  /** For whoever publishes it, and for the list of versions. */
  note: string;
  /** The revision of the draft that the form showed; empty: there was none. */
  seen: string;
  /** The newest version that the form was made of, as `readText` named it. */
  base: string;
};

/** A field that cannot be kept, and why. `text`: all three together. */
export type TypedFault = { field: "text" | "note"; error: "too-long" };

/** What somebody else has made of a text meanwhile; it is shown beside what was typed. */
export type Theirs = TypedText & {
  note: string;
  /** Whether it is a draft, or live already. */
  is: "draft" | "live";
  /** What a form that has seen it sends as `seen` and `base`. */
  revision: string;
  base: string;
  /** By their name; null: their account is gone, or it is the built-in text. */
  by: string | null;
  at: Date | null;
};

// Forms end lines as networks do, and a database keeps neither NUL nor half a character.
const storable = (typed: string) =>
  typed
    .replace(/\r\n?/g, "\n")
    .replaceAll("\0", "\ufffd")
    .replace(/\p{Cs}/gu, "\ufffd");

/** What was typed as it is kept, otherwise as it was, and what is too long to be. */
export function readTyped(typed: TypedText & { note: string }): {
  typed: TypedText & { note: string };
  faults: TypedFault[];
} {
  const kept = {
    subjectLine: storable(typed.subjectLine),
    previewLine: storable(typed.previewLine),
    text: storable(typed.text),
    note: storable(typed.note).trim(),
  };
  const length = kept.subjectLine.length + kept.previewLine.length + kept.text.length;
  const faults: TypedFault[] = [];
  if (length > CHARACTERS_MOST) faults.push({ field: "text", error: "too-long" });
  if ([...kept.note].length > NOTE_CHARACTERS_MOST) {
    faults.push({ field: "note", error: "too-long" });
  }
  return { typed: kept, faults };
}

/** Whether two texts say the same, character by character. */
export const isSameText = (one: TypedText, other: TypedText): boolean =>
  one.subjectLine === other.subjectLine &&
  one.previewLine === other.previewLine &&
  one.text === other.text;
