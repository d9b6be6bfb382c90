import type { Cut, CutFault } from "@/lib/cases/documents/cut";
import { endOfCodedData, type ScanParts } from "@/lib/cases/documents/jpeg-scan";
import { PICTURE_MAX_PIXELS } from "@/lib/cases/rules/limits";

const PREFIX = 0xff;
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const RESTART_INTERVAL = 0xdd;
const HUFFMAN_TABLES = 0xc4;
const TEMPORARY = 0x01;
// Among the start-of-frame markers lie those of Huffman tables, extensions and arithmetic tables.
const notFrames = [HUFFMAN_TABLES, 0xc8, 0xcc];
// Sequential, Huffman-coded: those whose coded data can be walked.
const walkedFrames = [0xc0, 0xc1];
const PROGRESSIVE = 0xc2;
const COEFFICIENTS = 64;
// What may stand between two scans: tables, restart intervals, comments and application data.
const betweenScans = /^(?:c4|cc|d[a-f]|e[0-9a-f]|fe|01)$/;

const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7;
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && !notFrames.includes(marker);

/** What was met of a picture so far. */
type Met = {
  frame: { marker: number; at: number } | null;
  tables: number[];
  restartEvery: number;
  /** With what counts for its data. */
  scans: { at: number; data: number; end: number; tables: number[]; restartEvery: number }[];
};

/**
 * Where a JPEG ends: behind the end-of-image marker of its first picture (ITU-T T.81, annex B).
 * Phones hang videos and further pictures on behind it. A progressive picture has several scans. Some
 * phones leave the end marker out: it is added where the picture is whole without it.
 *
 * @returns null where it is no JPEG
 */
export function cutJpeg(bytes: Uint8Array): Cut | CutFault | null {
  if (bytes[0] !== PREFIX || bytes[1] !== START_OF_IMAGE) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const met: Met = { frame: null, tables: [], restartEvery: 0, scans: [] };
  let at = 2;
  while (bytes[at] === PREFIX) {
    // Any number of prefixes may fill up before a marker.
    while (bytes[at + 1] === PREFIX) at += 1;
    const marker = bytes[at + 1];
    if (marker === undefined || marker === 0 || marker === START_OF_IMAGE) break;
    if (marker === END_OF_IMAGE) return whole(met) ? { start: 0, end: at + 2 } : "damaged";
    if (whole(met) && !betweenScans.test(marker.toString(16).padStart(2, "0"))) break;
    at += 2;
    if (isRestart(marker) || marker === TEMPORARY) continue;
    if (at + 2 > bytes.length) break;
    const length = view.getUint16(at);
    if (length < 2 || at + length > bytes.length) break;
    if (isFrame(marker)) {
      const fault = frameFault(view, at, length);
      if (fault !== null) return fault;
      met.frame = { marker, at };
    }
    if (marker === HUFFMAN_TABLES) met.tables.push(at);
    if (marker === RESTART_INTERVAL) met.restartEvery = view.getUint16(at + 2);
    if (marker !== START_OF_SCAN) {
      at += length;
      continue;
    }
    const end = endOfScan(bytes, at + length);
    const { tables, restartEvery } = met;
    met.scans.push({ at, data: at + length, end, tables: [...tables], restartEvery });
    at = end;
  }
  return withoutEnd(bytes, met);
}

const whole = ({ frame, scans }: Met) => frame !== null && scans.length > 0;

/** Ends a picture that has no end marker, or is followed by what is none of it, where its data end. */
function withoutEnd(bytes: Uint8Array, { frame, scans }: Met): Cut | CutFault {
  const [first] = scans;
  const last = scans.at(-1);
  if (frame === null || first === undefined || last === undefined) return "damaged";
  if (last.end === last.data) return "damaged";
  const { at: scan, tables, restartEvery } = first;
  const parts: ScanParts = { bytes, frame: frame.at, scan, tables, restartEvery };
  const isWalked = walkedFrames.includes(frame.marker);
  const end = isWalked ? endOfCodedData(parts, first.data) : null;
  if (end === "short") return "damaged";
  if (frame.marker === PROGRESSIVE && !hasAllScans(bytes, frame.at, scans)) return "damaged";
  return { start: 0, end: end ?? last.end, closing: [PREFIX, END_OF_IMAGE] };
}

/** Whether the last bit of each coefficient of each component came in some scan (annex G.1.1). */
function hasAllScans(bytes: Uint8Array, frame: number, scans: Met["scans"]): boolean {
  const come = new Set<string>();
  for (const { at } of scans) {
    const count = bytes[at + 2] ?? 0;
    const behind = at + 3 + 2 * count;
    const [from = 0, to = 0, bits = 0] = bytes.subarray(behind, behind + 3);
    if ((bits & 15) !== 0) continue;
    for (let index = 0; index < count; index += 1) {
      const component = bytes[at + 3 + 2 * index];
      for (let one = from; one <= Math.min(to, COEFFICIENTS - 1); one += 1) {
        come.add(`${component}/${one}`);
      }
    }
  }
  return come.size >= (bytes[frame + 7] ?? 0) * COEFFICIENTS;
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
