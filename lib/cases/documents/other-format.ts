/** A format that is often brought and not taken: its name, and how to make one of it that is. */
export type OtherFormat = { name: string; kind: "phone-picture" | "picture" | "text" };

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

// ISO 14496-12, section 4.3: the brands that a file says it keeps to.
const brands: readonly [name: string, brands: RegExp][] = [
  ["HEIC", /^(?:heic|heix|heim|heis|hevc|hevx|hevm|hevs)/],
  ["AVIF", /^(?:avif|avis)/],
  ["HEIF", /^(?:mif1|msf1|mif2)/],
];

/** Which picture a file of boxes is; HEIF where its brand names no more. */
function boxedPicture(head: string): string | null {
  if (head.slice(4, 8) !== "ftyp") return null;
  const length = Math.min(head.charCodeAt(2) * 256 + head.charCodeAt(3), head.length);
  const named = [head.slice(8, 12)];
  for (let at = 16; at + 4 <= length; at += 4) named.push(head.slice(at, at + 4));
  const found = brands.find(([, known]) => named.some((brand) => known.test(brand)));
  return found?.[0] ?? null;
}

/** What an archive of an office program holds. */
function officeText(bytes: Uint8Array): string | null {
  const names = latin1(bytes.subarray(0, 8_192)) + latin1(bytes.subarray(-8_192));
  if (names.includes("word/")) return "Word";
  if (names.includes("xl/")) return "Excel";
  if (names.includes("ppt/")) return "PowerPoint";
  if (names.includes("application/vnd.oasis.opendocument")) return "OpenDocument";
  return names.includes("Index/Document.iwa") ? "Pages" : null;
}

// In hexadecimal, as their files begin.
const pictures: readonly [name: string, head: RegExp][] = [
  ["WebP", /^52494646.{8}57454250/],
  ["GIF", /^4749463837|^4749463839/],
  ["TIFF", /^49492[ab]00|^4d4d002[ab]/],
  ["BMP", /^424d.{24}(?:0c|28|6c|7c)000000/],
  ["JPEG XL", /^ff0a|^0000000c4a584c20/],
  ["JPEG 2000", /^0000000c6a502020|^ff4fff51/],
  ["Photoshop", /^38425053/],
];

const texts: readonly [name: string, head: RegExp][] = [
  ["Word", /^d0cf11e0a1b11ae1/],
  ["RTF", /^7b5c727466/],
  ["PostScript", /^25215053/],
];

/** What a file is that is neither PDF nor JPEG nor PNG, by its content; null: nothing known. */
export function otherFormat(bytes: Uint8Array): OtherFormat | null {
  const head = latin1(bytes.subarray(0, 256));
  const boxed = boxedPicture(head);
  if (boxed !== null) return { name: boxed, kind: boxed === "AVIF" ? "picture" : "phone-picture" };
  const hex = Buffer.from(bytes.subarray(0, 64)).toString("hex");
  const picture = pictures.find(([, known]) => known.test(hex));
  if (picture !== undefined) return { name: picture[0], kind: "picture" };
  const office = head.startsWith("PK\x03\x04") ? officeText(bytes) : null;
  const text = office ?? texts.find(([, known]) => known.test(hex))?.[0];
  return text === undefined ? null : { name: text, kind: "text" };
}
