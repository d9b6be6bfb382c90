import type { Cut, CutFault } from "@/lib/cases/documents/cut";
import { PICTURE_MAX_PIXELS } from "@/lib/cases/rules/limits";

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
// Length and type before the data of a chunk, its checksum behind it.
const HEAD_BYTES = 8;
const CHECKSUM_BYTES = 4;
const HEADER_DATA_BYTES = 13;

const nameAt = (bytes: Uint8Array, at: number) =>
  String.fromCharCode(...bytes.subarray(at, at + 4));

/**
 * Where a PNG ends: behind its IEND chunk (PNG specification, third edition, section 5). Chunks are
 * walked from one to the next and never unpacked.
 *
 * @returns null where it is no PNG
 */
export function cutPng(bytes: Uint8Array): Cut | CutFault | null {
  if (!signature.every((byte, index) => bytes[index] === byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = signature.length;
  let hasPicture = false;
  for (let chunk = 0; at + HEAD_BYTES + CHECKSUM_BYTES <= bytes.length; chunk += 1) {
    const length = view.getUint32(at);
    const name = nameAt(bytes, at + 4);
    const next = at + HEAD_BYTES + length + CHECKSUM_BYTES;
    if (next > bytes.length) return "damaged";
    if ((chunk === 0) !== (name === "IHDR")) return "damaged";
    if (name === "IHDR") {
      const fault = headerFault(view, at + HEAD_BYTES, length);
      if (fault !== null) return fault;
    }
    if (name === "IDAT") hasPicture = true;
    if (name === "IEND") return hasPicture && length === 0 ? { start: 0, end: next } : "damaged";
    at = next;
  }
  return "damaged";
}

function headerFault(view: DataView, at: number, length: number): CutFault | null {
  if (length !== HEADER_DATA_BYTES) return "damaged";
  const [width, height] = [view.getUint32(at), view.getUint32(at + 4)];
  if (width === 0 || height === 0) return "damaged";
  return width * height > PICTURE_MAX_PIXELS ? "too-many-pixels" : null;
}
