/** Pixels. */
export type PictureSize = { width: number; height: number };

const PNG_WIDTH_AT = 16;
const PREFIX = 0xff;
// Start-of-frame markers: among them lie those of tables and extensions (ITU-T T.81, table B.1).
const notFrames = [0xc4, 0xc8, 0xcc];
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && !notFrames.includes(marker);

/**
 * The size of a picture, as its own head says.
 *
 * @param bytes of a whole PNG or JPEG
 * @returns null where it does not say
 */
export function pictureSize(
  type: "image/png" | "image/jpeg",
  bytes: Uint8Array,
): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === "image/png") {
    if (bytes.length < PNG_WIDTH_AT + 8) return null;
    return { width: view.getUint32(PNG_WIDTH_AT), height: view.getUint32(PNG_WIDTH_AT + 4) };
  }
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === PREFIX) {
    const marker = bytes[at + 1] ?? 0;
    // Any number of prefixes may fill up before a marker.
    if (marker === PREFIX) at += 1;
    else if (isFrame(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    } else at += 2 + view.getUint16(at + 2);
  }
  return null;
}
