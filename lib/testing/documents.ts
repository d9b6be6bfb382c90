import { deflateSync } from "node:zlib";
import { photographs } from "@/lib/testing/real-files";

/** Bytes one behind the other. */
export const joined = (...parts: (Uint8Array | string | number[])[]): Uint8Array =>
  new Uint8Array(
    Buffer.concat(
      parts.map((part) =>
        typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part),
      ),
    ),
  );

/** A photograph as a real encoder wrote it. */
export const photograph = (name: keyof typeof photographs): Uint8Array =>
  new Uint8Array(Buffer.from(photographs[name], "base64"));

/** A PDF of one empty page. */
export const pdf = (title = "Invoice"): Uint8Array =>
  joined(
    `%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /Title (${title}) >>\nendobj\n`,
    "2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n",
    "trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n",
  );

/** A PDF that is encrypted as a dictionary says. */
export const encryptedPdf = ({ dictionary, id }: { dictionary: string; id: string }): Uint8Array =>
  joined(
    "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
    `5 0 obj\n${dictionary}\nendobj\n`,
    `trailer\n<< /Root 1 0 R /ID [ <${id}> <${id}> ] /Encrypt 5 0 R >>\nstartxref\n0\n%%EOF\n`,
  );

function uint32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A chunk of a PNG. */
export function chunk(name: string, data: Uint8Array | number[] = []): Uint8Array {
  const body = joined(name, data);
  return joined(uint32(data.length), body, uint32(checksum(body)));
}

export const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
export const pngHeader = (width: number, height: number): Uint8Array =>
  chunk("IHDR", [...uint32(width), ...uint32(height), 8, 0, 0, 0, 0]);

/** A grey PNG whose data are those of one pixel, whatever it claims to be. */
export const png = (width = 1, height = 1, more: Uint8Array[] = []): Uint8Array =>
  joined(
    pngSignature,
    pngHeader(width, height),
    ...more,
    chunk("IDAT", new Uint8Array(deflateSync(Buffer.from([0, 128])))),
    chunk("IEND"),
  );

/** A segment of a JPEG. */
export const segment = (marker: number, data: Uint8Array | number[] | string): Uint8Array => {
  const body = joined(data);
  return joined([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255], body);
};

export const jpegStart = [0xff, 0xd8];
export const jpegEnd = [0xff, 0xd9];
export const frame = (width: number, height: number, marker = 0xc0): Uint8Array =>
  segment(marker, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
export const scan = (...coded: number[]): Uint8Array =>
  joined(segment(0xda, [1, 1, 0, 0, 63, 0]), coded);

/** A JPEG by its structure; its coded data hold stuffed and restart markers. */
export const jpeg = (
  width = 8,
  height = 8,
  scans: Uint8Array[] = [scan(1, 0xff, 0, 2, 0xff, 0xd0, 3)],
) => joined(jpegStart, segment(0xe0, "JFIF\0\x01\x02"), frame(width, height), ...scans, jpegEnd);

/** A ZIP archive without entries, with a comment behind it. */
export const zip = (comment = ""): Uint8Array =>
  joined(
    "PK\x05\x06",
    new Array<number>(16).fill(0),
    [comment.length & 255, comment.length >> 8],
    comment,
  );
