import { cutJpeg } from "@/lib/cases/cut-jpeg";
import { cutPdf } from "@/lib/cases/cut-pdf";
import { cutPng } from "@/lib/cases/cut-png";
import { DOCUMENT_MAX_BYTES } from "@/lib/cases/rules/limits";

/** The types of file that a case takes, as their content says. */
export type DocumentType = "application/pdf" | "image/jpeg" | "image/png";

/** Why the end of a file could not be found. */
export type CutFault = "damaged" | "too-many-pixels";

/** What a file is, by its content alone. */
export type ReadDocument =
  /** Its bytes up to its end: whatever was hung on behind is gone. */
  | { kind: "document"; type: DocumentType; bytes: Uint8Array }
  | { kind: "empty" | "too-large" }
  /** Neither a PDF nor a JPEG nor a PNG, or something else as well. */
  | { kind: "wrong-type" }
  /** Starts like one of them, but is cut short or broken. */
  | { kind: CutFault };

const readers = {
  "application/pdf": cutPdf,
  "image/jpeg": cutJpeg,
  "image/png": cutPng,
} as const satisfies Record<DocumentType, (bytes: Uint8Array) => number | CutFault | null>;

/**
 * Reads what a file is and where it ends. Nothing is ever unpacked, so that nothing can burst; what
 * stands behind the end is cut off, so that a file is not two things at once.
 *
 * @param bytes as they came, from anybody; never the name, never the browser's word for the type
 */
export function readDocument(bytes: Uint8Array): ReadDocument {
  if (bytes.length === 0) return { kind: "empty" };
  if (bytes.length > DOCUMENT_MAX_BYTES) return { kind: "too-large" };
  for (const [type, cut] of Object.entries(readers)) {
    const end = cut(bytes);
    if (end === null) continue;
    if (typeof end === "string") return { kind: end };
    const whole = bytes.subarray(0, end);
    if (holdsArchive(whole)) return { kind: "wrong-type" };
    return { kind: "document", type: type as DocumentType, bytes: whole };
  }
  return { kind: "wrong-type" };
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
