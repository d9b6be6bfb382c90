import { Secret } from "otpauth";

/** The key that stands as text on a page or in a banner, in base32 with gaps or without. */
export const keyOfText = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Secret.fromBase32(text.replace(/\s/g, "")).bytes);
