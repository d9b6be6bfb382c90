import { deflateSync } from "node:zlib";

const WIDTH = 480;
const HEIGHT = 300;

type Colour = readonly [red: number, green: number, blue: number];
type Box = { x: number; y: number; width: number; height: number; colour: Colour };

const paper: Colour = [233, 238, 246];
const ink: Colour = [64, 78, 104];
const faint: Colour = [170, 182, 203];

// A card as everybody knows it: a stripe, a portrait, lines of text that say nothing.
const boxes: Box[] = [
  { x: 0, y: 0, width: WIDTH, height: 44, colour: ink },
  { x: 28, y: 76, width: 120, height: 150, colour: faint },
  { x: 66, y: 96, width: 44, height: 44, colour: ink },
  { x: 48, y: 152, width: 80, height: 74, colour: ink },
  ...[84, 116, 148, 180, 212].map((y, line) => ({
    x: 180,
    y,
    width: [230, 150, 190, 110, 210][line] ?? 200,
    height: 12,
    colour: line % 2 === 0 ? ink : faint,
  })),
  { x: 28, y: 256, width: 424, height: 16, colour: faint },
];

function colourAt(x: number, y: number): Colour {
  const box = boxes.findLast(
    (one) => x >= one.x && x < one.x + one.width && y >= one.y && y < one.y + one.height,
  );
  return box?.colour ?? paper;
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** The picture of an identity card that belongs to nobody, as a PNG (W3C, PNG Specification, section 5). */
export function demoIdentityCard(): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Array.from({ length: HEIGHT }, (_, y) => [
    0,
    ...Array.from({ length: WIDTH }, (__, x) => colourAt(x, y)).flat(),
  ]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(Buffer.from(rows.flat()));
  return new Uint8Array(
    Buffer.concat([
      signature,
      chunk("IHDR", header),
      chunk("IDAT", pixels),
      chunk("IEND", Buffer.alloc(0)),
    ]),
  );
}
