import { createHash } from "node:crypto";
import type { Locale } from "@/lib/i18n/locales";
import { builtInDocument } from "@/lib/mail/edited/built-in-document";
import type { MailDocument } from "@/lib/mail-document/document";
import { type MailFrame, mailFrameSchema, noFrame } from "@/lib/mail-document/frame";
import { readNotation, writeNotation } from "@/lib/mail-document/notation";
import { readDocument } from "@/lib/mail-document/read-document";
import type { TextKey } from "@/lib/mail-document/text-key";
import { isFrame, kindOf } from "@/lib/templates/text-key-of";
import type { TypedText } from "@/lib/templates/typed-text";

/** What a text says: a mail's or block's document, or what is set once for all mails. */
export type TextContent = { document: MailDocument } | { frame: MailFrame };

const nothing: TypedText = { subjectLine: "", previewLine: "", text: "" };

/** What was typed of a text, as data; null: it cannot be read, as only the frame's can. */
export function contentOf(key: TextKey, typed: TypedText): TextContent | null {
  if (!isFrame(key)) {
    const isMail = kindOf(key) !== null;
    return { document: readNotation(isMail ? typed : { ...nothing, text: typed.text }) };
  }
  try {
    const read = mailFrameSchema.safeParse(JSON.parse(typed.text));
    return read.success ? { frame: read.data } : null;
  } catch {
    return null;
  }
}

/** What a version says; null: what is stored is nothing that this version can read. */
export function storedContent(key: TextKey, stored: unknown): TextContent | null {
  if (isFrame(key)) {
    const read = mailFrameSchema.safeParse(stored);
    return read.success ? { frame: read.data } : null;
  }
  const read = readDocument(stored);
  return "document" in read ? read : null;
}

/** A text as people type it. */
export const typedOf = (content: TextContent): TypedText =>
  "frame" in content
    ? { ...nothing, text: JSON.stringify(content.frame, null, 2) }
    : writeNotation(content.document);

/** The built-in text; of a block an empty one, of the frame one that changes nothing. */
export function builtInContent(key: TextKey): TextContent {
  const kind = kindOf(key);
  if (kind !== null) return { document: builtInDocument(kind, key.language as Locale) };
  if (isFrame(key)) return { frame: noFrame };
  return { document: { subject: [], previewLine: [], pieces: [] } };
}

/** A version's text as people type it: the built-in one where it is none of its own. */
export const typedOfStored = (key: TextKey, stored: unknown): TypedText =>
  typedOf((stored === null ? null : storedContent(key, stored)) ?? builtInContent(key));

/** By which a built-in text is known again; null of what has none. */
export function builtInHash(key: TextKey): string | null {
  if (kindOf(key) === null) return null;
  const { subjectLine, previewLine, text } = typedOf(builtInContent(key));
  const parts = JSON.stringify([subjectLine, previewLine, text]);
  return createHash("sha256").update(parts).digest("hex").slice(0, 32);
}

/** What is stored of a content. */
export const storedOf = (content: TextContent): MailDocument | MailFrame =>
  "frame" in content ? content.frame : content.document;
