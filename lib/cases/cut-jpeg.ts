import type { CutFault } from "@/lib/cases/read-document";
import { PICTURE_MAX_PIXELS } from "@/lib/cases/rules/limits";

const PREFIX = 0xff;
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const TEMPORARY = 0x01;
// Among the start-of-frame markers lie those of Huffman tables, extensions and arithmetic tables.
const notFrames = [0xc4, 0xc8, 0xcc];

const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7;
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && !notFrames.includes(marker);

/**
 * Where a JPEG ends: behind the end-of-image marker of its first picture (ITU-T T.81, annex B).
 * Phones hang videos and further pictures on behind it. A progressive picture has several scans.
 *
 * @returns bytes from the start; null where it is no JPEG
 */
export function cutJpeg(bytes: Uint8Array): number | CutFault | null {
  if (bytes[0] !== PREFIX || bytes[1] !== START_OF_IMAGE) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  let [hasFrame, hasScan] = [false, false];
  while (bytes[at] === PREFIX) {
    // Any number of prefixes may fill up before a marker.
    while (bytes[at + 1] === PREFIX) at += 1;
    const marker = bytes[at + 1];
    if (marker === undefined || marker === 0 || marker === START_OF_IMAGE) return "damaged";
    at += 2;
    if (marker === END_OF_IMAGE) return hasFrame && hasScan ? at : "damaged";
    if (isRestart(marker) || marker === TEMPORARY) continue;
    if (at + 2 > bytes.length) return "damaged";
    const length = view.getUint16(at);
    if (length < 2 || at + length > bytes.length) return "damaged";
    if (isFrame(marker)) {
      const fault = frameFault(view, at, length);
      if (fault !== null) return fault;
      hasFrame = true;
    }
    at += length;
    if (marker !== START_OF_SCAN) continue;
    hasScan = true;
    at = endOfScan(bytes, at);
  }
  return "damaged";
}

/** The first marker behind coded data, in which prefixes are followed by 0 or by restart markers. */
function endOfScan(bytes: Uint8Array, start: number): number {
  let at = bytes.indexOf(PREFIX, start);
  while (at !== -1) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && !isRestart(next)) return at;
    at = bytes.indexOf(PREFIX, at + 2);
  }
  return bytes.length;
}

function frameFault(view: DataView, at: number, length: number): CutFault | null {
  if (length < 8) return "damaged";
  const [height, width] = [view.getUint16(at + 3), view.getUint16(at + 5)];
  if (width === 0 || height === 0) return "damaged";
  return width * height > PICTURE_MAX_PIXELS ? "too-many-pixels" : null;
}
