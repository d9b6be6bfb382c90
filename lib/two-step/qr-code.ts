import { encode } from "uqr";

// ISO/IEC 18004: four modules of quiet zone all around.
const QUIET_ZONE = 4;

/** A QR code as a picture: the length of its sides in modules, and the path of the dark ones. */
export type QrPicture = { size: number; path: string };

/** Makes the QR code of a text, quiet zone included. */
export function qrPicture(text: string): QrPicture {
  const { size, data } = encode(text, { ecc: "M", border: QUIET_ZONE });
  const path = data
    .map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join(""))
    .join("");
  return { size, path };
}
