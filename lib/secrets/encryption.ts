import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { keysFor } from "@/lib/secrets/secrets";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts a text with AES-256-GCM under the present AUTH_SECRET.
 *
 * @param purpose decides the key
 * @param about what the text belongs to, such as its row's id: it opens for nothing else
 */
export function encrypt(purpose: string, about: string, plain: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keysFor(purpose)[0] ?? "", nonce).setAAD(
    Buffer.from(about),
  );
  const text = [nonce, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()];
  return new Uint8Array(Buffer.concat(text));
}

function decryptWith(key: Buffer, about: string, sealed: Uint8Array): string | null {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const middle = sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES);
  try {
    return Buffer.concat([decipher.update(middle), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

/** Decrypts what `encrypt` made under any AUTH_SECRET; null for everything else. */
export function decrypt(purpose: string, about: string, sealed: Uint8Array): string | null {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
  for (const key of keysFor(purpose)) {
    const plain = decryptWith(key, about, sealed);
    if (plain !== null) return plain;
  }
  return null;
}
