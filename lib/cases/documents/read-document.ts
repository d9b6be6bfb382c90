import type { Cut, CutFault } from "@/lib/cases/documents/cut";
import { cutJpeg } from "@/lib/cases/documents/cut-jpeg";
import { cutPdf } from "@/lib/cases/documents/cut-pdf";
import { cutPng } from "@/lib/cases/documents/cut-png";
import { type OtherFormat, otherFormat } from "@/lib/cases/documents/other-format";
import { DOCUMENT_MAX_BYTES, PHOTOGRAPH_MAX_BYTES } from "@/lib/cases/rules/limits";

/** The types of file that a case takes, as their content says. */
export type DocumentType = "application/pdf" | "image/jpeg" | "image/png";

/** What a file is, by its content alone. */
export type ReadDocument =
  /** Its own bytes: whatever was hung on before and behind is gone. */
  | { kind: "document"; type: DocumentType; bytes: Uint8Array }
  | { kind: "empty" | "too-large" }
  /** Neither a PDF nor a JPEG nor a PNG, or something else as well. */
  | { kind: "wrong-type"; format?: OtherFormat }
  /** Starts like one of them, but is cut short or broken. */
  | { kind: CutFault };

// The PDF last: its head may stand further in, also in a picture.
const readers = {
  "image/jpeg": cutJpeg,
  "image/png": cutPng,
  "application/pdf": cutPdf,
} as const satisfies Record<DocumentType, (bytes: Uint8Array) => Cut | CutFault | null>;

// What makers hang on behind photographs is not counted: nobody sees it, and it is cut off.
const mostBytes = (type: string) =>
  type === "image/jpeg" ? PHOTOGRAPH_MAX_BYTES : DOCUMENT_MAX_BYTES;

/**
 * Reads what a file is and where it begins and ends. Nothing is ever unpacked, so that nothing can burst;
 * what stands around it is cut off, so that a file is not two things at once.
 *
 * @param bytes as they came, from anybody; never the name, never the browser's word for the type
 */
export function readDocument(bytes: Uint8Array): ReadDocument {
  if (bytes.length === 0) return { kind: "empty" };
  for (const [type, cutFile] of Object.entries(readers)) {
    const cut = cutFile(bytes);
    if (cut === null) continue;
    if (bytes.length > mostBytes(type)) return { kind: "too-large" };
    if (typeof cut === "string") return { kind: cut };
    const own = bytes.subarray(cut.start, cut.end);
    const whole = cut.closing === undefined ? own : Buffer.concat([own, Buffer.from(cut.closing)]);
    if (whole.length > DOCUMENT_MAX_BYTES) return { kind: "too-large" };
    if (holdsArchive(whole)) return { kind: "wrong-type" };
    return { kind: "document", type: type as DocumentType, bytes: new Uint8Array(whole) };
  }
  if (bytes.length > DOCUMENT_MAX_BYTES) return { kind: "too-large" };
  const format = otherFormat(bytes);
  return { kind: "wrong-type", ...(format === null ? {} : { format }) };
}

const ARCHIVE_END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const ARCHIVE_END_BYTES = 22;
/** Instead of a size: it stands in the record of ZIP64. */
const SIZE_ELSEWHERE = 0xffffffff;

/**
 * Whether a file is a ZIP archive too: a last record lies within what is kept, with its comment and
 * its directory (APPNOTE.TXT 6.3.10, section 4.3.16). Many programs open one that more stands behind.
 */
function holdsArchive(bytes: Uint8Array): boolean {
  const { buffer, byteOffset, length } = bytes;
  const file = Buffer.from(buffer, byteOffset, length);
  let at = file.indexOf(ARCHIVE_END);
  for (; at !== -1 && at + ARCHIVE_END_BYTES <= length; at = file.indexOf(ARCHIVE_END, at + 1)) {
    const directory = file.readUInt32LE(at + 12);
    const comment = file.readUInt16LE(at + 20);
    const fitsBefore = directory <= at || directory === SIZE_ELSEWHERE;
    if (fitsBefore && at + ARCHIVE_END_BYTES + comment <= length) return true;
  }
  return false;
}
