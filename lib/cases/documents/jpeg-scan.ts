/** What coded data are read by: the parts of a JPEG's segments behind their markers and lengths. */
export type ScanParts = {
  bytes: Uint8Array;
  /** Where the frame's segment and the scan's begin, at their lengths. */
  frame: number;
  scan: number;
  /** Where Huffman tables begin, at their lengths, in their order. */
  tables: number[];
  /** MCUs between two restart markers; 0: there are none. */
  restartEvery: number;
};

const PREFIX = 0xff;
const BLOCK = 8;
const LOOK_UP_BITS = 16;

type Table = Uint16Array;
type Block = { dc: Table; ac: Table };

/**
 * Huffman tables by class and number; each gives of 16 bits the length and symbol they begin with.
 */
function readTables({ bytes, tables }: ScanParts): Map<number, Table> {
  const found = new Map<number, Table>();
  for (const start of tables) {
    const end = start + ((bytes[start] ?? 0) << 8) + (bytes[start + 1] ?? 0);
    let at = start + 2;
    while (at + 17 <= end) {
      const table = new Uint16Array(1 << LOOK_UP_BITS);
      const name = bytes[at] ?? 0;
      let symbol = at + 17;
      let code = 0;
      for (let length = 1; length <= 16; length += 1) {
        for (let left = bytes[at + length] ?? 0; left > 0; left -= 1) {
          const first = code << (LOOK_UP_BITS - length);
          table.fill((length << 8) | (bytes[symbol] ?? 0), first, first + (1 << (16 - length)));
          symbol += 1;
          code += 1;
        }
        code <<= 1;
      }
      found.set(name, table);
      at = symbol;
    }
  }
  return found;
}

/** How many MCUs a scan has and which blocks each is of; null where that cannot be known. */
function readScan(parts: ScanParts): { count: number; blocks: Block[] } | null {
  const { bytes, frame, scan } = parts;
  const tables = readTables(parts);
  const word = (at: number) => ((bytes[at] ?? 0) << 8) + (bytes[at + 1] ?? 0);
  const [height, width, components] = [word(frame + 3), word(frame + 5), bytes[frame + 7] ?? 0];
  const sampling = new Map<number, { across: number; down: number }>();
  for (let at = frame + 8; sampling.size < components && at + 3 <= frame + word(frame); at += 3) {
    const factors = bytes[at + 1] ?? 0;
    sampling.set(bytes[at] ?? 0, { across: factors >> 4, down: factors & 15 });
  }
  const across = Math.max(...[...sampling.values()].map((one) => one.across));
  const down = Math.max(...[...sampling.values()].map((one) => one.down));
  const inScan = bytes[scan + 2] ?? 0;
  // With several scans none of them says whether the picture is whole.
  if (inScan === 0 || inScan !== components || inScan !== sampling.size) return null;
  const blocks: Block[] = [];
  for (let index = 0; index < inScan; index += 1) {
    const at = scan + 3 + 2 * index;
    const of = sampling.get(bytes[at] ?? 0);
    const named = bytes[at + 1] ?? 0;
    const [dc, ac] = [tables.get(named >> 4), tables.get(0x10 | (named & 15))];
    if (of === undefined || dc === undefined || ac === undefined) return null;
    const each = inScan === 1 ? 1 : of.across * of.down;
    if (each < 1 || each > 16) return null;
    for (let block = 0; block < each; block += 1) blocks.push({ dc, ac });
  }
  const [unitAcross, unitDown] = inScan === 1 ? [1, 1] : [across, down];
  const columns = Math.ceil(width / (BLOCK * unitAcross));
  return { count: columns * Math.ceil(height / (BLOCK * unitDown)), blocks };
}

/** Bits of coded data, up to the first marker. */
function bitsOf(bytes: Uint8Array, start: number) {
  let at = start;
  let [held, count] = [0, 0];
  // As much as the longest symbol takes, or the longest number behind one.
  const fill = () => {
    while (count <= 16 && at < bytes.length) {
      const byte = bytes[at] ?? 0;
      if (byte === PREFIX && bytes[at + 1] !== 0) break;
      held = ((held & 0xffff) << 8) | byte;
      at += byte === PREFIX ? 2 : 1;
      count += 8;
    }
  };
  return {
    /** Takes the symbol that comes next; -1 where none does. */
    symbol(table: Table): number {
      fill();
      const next = count >= 16 ? (held >>> (count - 16)) & 0xffff : (held << (16 - count)) & 0xffff;
      const found = table[next] ?? 0;
      const length = found >> 8;
      if (length === 0 || length > count) return -1;
      count -= length;
      held &= (1 << count) - 1;
      return found & 0xff;
    },
    /** Leaves bits out; false where there are not as many. */
    skip(bits: number): boolean {
      if (bits > count) fill();
      if (bits > count) return false;
      count -= bits;
      held &= (1 << count) - 1;
      return true;
    },
    /** Goes behind the restart marker that must stand here. */
    restart(): boolean {
      [held, count] = [0, 0];
      const isRestart = bytes[at] === PREFIX && ((bytes[at + 1] ?? 0) & 0xf8) === 0xd0;
      at += 2;
      return isRestart;
    },
    /** Where the byte begins of which nothing was taken. */
    end(): number {
      let end = at;
      for (let whole = count >> 3; whole > 0; whole -= 1) {
        end -= bytes[end - 1] === 0 && bytes[end - 2] === PREFIX ? 2 : 1;
      }
      return end;
    },
  };
}

type Bits = ReturnType<typeof bitsOf>;

/** Takes one block: its first coefficient, then the others by their runs (ITU-T T.81, annex F.2.2). */
function takeBlock(bits: Bits, { dc, ac }: Block): boolean {
  const size = bits.symbol(dc);
  if (size < 0 || size > 16 || !bits.skip(size)) return false;
  for (let index = 1; index < 64; index += 1) {
    const symbol = bits.symbol(ac);
    if (symbol < 0) return false;
    const [run, length] = [symbol >> 4, symbol & 15];
    if (length === 0 && run < 15) return true;
    index += run;
    if (length > 0 && !bits.skip(length)) return false;
  }
  return true;
}

/**
 * Where the coded data of a picture of one scan end, for one whose end marker is missing: the blocks are
 * walked, and none is kept.
 *
 * @param start behind the scan's header
 * @returns bytes from the start of the file; "short" where the picture is not whole; null where that
 *   cannot be known
 */
export function endOfCodedData(parts: ScanParts, start: number): number | "short" | null {
  const scan = readScan(parts);
  if (scan === null) return null;
  const bits = bitsOf(parts.bytes, start);
  for (let unit = 0; unit < scan.count; unit += 1) {
    const restarts = parts.restartEvery > 0 && unit > 0 && unit % parts.restartEvery === 0;
    if (restarts && !bits.restart()) return "short";
    for (const block of scan.blocks) if (!takeBlock(bits, block)) return "short";
  }
  return bits.end();
}
