import type { Cut, CutFault } from "@/lib/cases/documents/cut";
import { asksForPassword } from "@/lib/cases/documents/pdf-password";

const text = (words: string) => new TextEncoder().encode(words);
const heads = [text("%PDF-1."), text("%PDF-2.")];
const mark = text("%%EOF");
const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

const HEAD_BYTES = 1_024;

/** The length a PDF made for slow lines says it has, at its very start (annex F.3.3); null: none. */
function announcedLength(bytes: Uint8Array): number | null {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, HEAD_BYTES));
  const [, length] = /\/Linearized\b[^>]{0,200}?\/L[ \r\n]{1,8}(\d{1,10})/.exec(head) ?? [];
  return length === undefined ? null : Number(length);
}

const standsAt = (bytes: Uint8Array, wanted: Uint8Array, at: number) =>
  wanted.every((byte, index) => bytes[at + index] === byte);

/**
 * Where a PDF begins and ends: behind a byte order mark, gaps or whatever a scanner or mail program put
 * before its head, within the first kilobyte as readers look for it, and behind its last %%EOF and the
 * end of that line (ISO 32000-2, sections 7.5.2 and 7.5.5).
 *
 * @returns null where it is no PDF
 */
export function cutPdf(given: Uint8Array): Cut | CutFault | null {
  const start = headIn(given);
  if (start === null) return null;
  const bytes = given.subarray(start);
  // Its first %%EOF stands near the start: without this, one cut short would pass for a short one.
  if ((announcedLength(bytes) ?? 0) > bytes.length) return "damaged";
  for (let at = bytes.length - mark.length; at > 0; at -= 1) {
    if (bytes[at] !== mark[0] || !standsAt(bytes, mark, at)) continue;
    let end = at + mark.length;
    if (bytes[end] === CARRIAGE_RETURN) end += 1;
    if (bytes[end] === LINE_FEED) end += 1;
    if (asksForPassword(bytes.subarray(0, end))) return "locked";
    return { start, end: start + end };
  }
  return "damaged";
}

/** Where the head of a PDF stands within the first kilobyte; null: nowhere. */
function headIn(bytes: Uint8Array): number | null {
  const last = Math.min(HEAD_BYTES, bytes.length);
  for (let at = bytes.indexOf(0x25); at !== -1 && at < last; at = bytes.indexOf(0x25, at + 1)) {
    if (heads.some((head) => standsAt(bytes, head, at))) return at;
  }
  return null;
}
