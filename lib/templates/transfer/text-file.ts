import { createHash } from "node:crypto";
import { z } from "zod";
import { IMAGE_PATTERN } from "@/lib/mail-document/document";
import type { TextKey } from "@/lib/mail-document/text-key";
import {
  IMAGES_MOST,
  IMPORT_DEPTH_MOST,
  IMPORT_MOST_BYTES,
  IMPORT_TEXTS_MOST,
} from "@/lib/templates/rules/limits";
import { readTextName, textName } from "@/lib/templates/text-key-of";
import type { FilePicture } from "@/lib/templates/transfer/pictures";
import type { TypedText } from "@/lib/templates/typed-text";

const FORMAT = "portaria-texts";
const VERSION = 1;
const PICTURE_NAME_MOST = 100;

/** Why a file is none that can be imported. */
export type FileFault =
  | "too-large"
  | "not-json"
  | "too-deep"
  | "other-format"
  /** Of a version after this one. */
  | "newer-format"
  | "empty"
  | "too-many";

/** A text of a file; `key` is null where it names none that there can be, `text` where it is none. */
export type FileText = { name: string; key: TextKey | null; text: TypedText | null };

const textSchema = z.strictObject({
  name: z.string(),
  subject: z.string(),
  preview: z.string(),
  text: z.string(),
});

// Files of before there were any have none.
const picturesSchema = z
  .array(
    z.strictObject({
      id: z.string().regex(IMAGE_PATTERN),
      name: z.string().max(PICTURE_NAME_MOST),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  )
  .max(IMAGES_MOST)
  .default([]);

/**
 * Writes texts as a file: the format's name and number, each text in the plain notation, and which
 * pictures they show, without their bytes.
 */
export function writeFile(
  texts: { key: TextKey; text: TypedText }[],
  pictures: FilePicture[],
): string {
  const written = texts.map(({ key, text }) => ({
    name: textName(key),
    ...{ subject: text.subjectLine, preview: text.previewLine, text: text.text },
  }));
  const named = pictures.length === 0 ? {} : { pictures };
  const file = { format: FORMAT, version: VERSION, texts: written, ...named };
  return `${JSON.stringify(file, null, 2)}\n`;
}

// How deep brackets open outside strings: what is nested a million times would not be parsed first.
function isTooDeep(json: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (isInString) {
      if (character === "\\") at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "{" || character === "[") {
      depth += 1;
      if (depth > IMPORT_DEPTH_MOST) return true;
    } else if (character === "}" || character === "]") depth -= 1;
  }
  return false;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/**
 * Reads a file of texts, from anybody. Only what the format names is taken: whatever else an entry has
 * makes it none.
 */
export function readFile(
  file: Uint8Array,
): { texts: FileText[]; pictures: FilePicture[] } | { fault: FileFault } {
  if (file.length === 0) return { fault: "empty" };
  if (file.length > IMPORT_MOST_BYTES) return { fault: "too-large" };
  let json: string;
  try {
    json = new TextDecoder("utf-8", { fatal: true }).decode(file);
  } catch {
    return { fault: "not-json" };
  }
  if (isTooDeep(json)) return { fault: "too-deep" };
  const parsed = parse(json);
  if (parsed === undefined) return { fault: "not-json" };
  const head = z.object({ format: z.literal(FORMAT), version: z.number() }).safeParse(parsed);
  if (!head.success) return { fault: "other-format" };
  if (head.data.version > VERSION) return { fault: "newer-format" };
  const body = z
    .object({ texts: z.array(z.unknown()), pictures: picturesSchema })
    .safeParse(parsed);
  if (!body.success || head.data.version !== VERSION) return { fault: "other-format" };
  const { texts, pictures } = body.data;
  if (texts.length === 0) return { fault: "empty" };
  if (texts.length > IMPORT_TEXTS_MOST) return { fault: "too-many" };
  return { texts: texts.map(fileText), pictures };
}

const NAME_SHOWN = 100;

function fileText(entry: unknown): FileText {
  const named = z.object({ name: z.string() }).safeParse(entry);
  const name = named.success ? named.data.name.slice(0, NAME_SHOWN) : "";
  const read = textSchema.safeParse(entry);
  if (!read.success) return { name, key: null, text: null };
  const { subject: subjectLine, preview: previewLine, text } = read.data;
  return { name, key: readTextName(read.data.name), text: { subjectLine, previewLine, text } };
}

/** By which a file, and what it would do, is known again. */
export const digestOf = (file: Uint8Array, plan: string): string =>
  createHash("sha256").update(file).update("\n").update(plan).digest("hex");
