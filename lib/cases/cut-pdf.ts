import type { CutFault } from "@/lib/cases/read-document";

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
 * Where a PDF ends: behind its last %%EOF and the end of that line (ISO 32000-2, sections 7.5.2 and
 * 7.5.5). Readers find a head further in as well; such a file is not taken, it may be another one first.
 *
 * @returns bytes from the start; null where it is no PDF
 */
export function cutPdf(bytes: Uint8Array): number | CutFault | null {
  if (!heads.some((head) => standsAt(bytes, head, 0))) return null;
  // Its first %%EOF stands near the start: without this, one cut short would pass for a short one.
  if ((announcedLength(bytes) ?? 0) > bytes.length) return "damaged";
  for (let at = bytes.length - mark.length; at > 0; at -= 1) {
    if (bytes[at] !== mark[0] || !standsAt(bytes, mark, at)) continue;
    let end = at + mark.length;
    if (bytes[end] === CARRIAGE_RETURN) end += 1;
    if (bytes[end] === LINE_FEED) end += 1;
    return end;
  }
  return "damaged";
}
