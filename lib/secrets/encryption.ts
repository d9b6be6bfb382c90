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

/** What a sealed text says, and whether the present AUTH_SECRET sealed it; null: no AUTH_SECRET opens it. */
function open(
  purpose: string,
  about: string,
  sealed: Uint8Array,
): { plain: string; isPresent: boolean } | null {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
  for (const [index, key] of keysFor(purpose).entries()) {
    const plain = decryptWith(key, about, sealed);
    if (plain !== null) return { plain, isPresent: index === 0 };
  }
  return null;
}

/** Decrypts what `encrypt` made under any AUTH_SECRET; null for everything else. */
export const decrypt = (purpose: string, about: string, sealed: Uint8Array): string | null =>
  open(purpose, about, sealed)?.plain ?? null;

/**
 * Encrypts anew what was encrypted under an older AUTH_SECRET, so that this one can be taken away.
 *
 * @returns null: nothing is to be done, or no AUTH_SECRET opens it
 */
export function encryptAnew(
  purpose: string,
  about: string,
  sealed: Uint8Array,
): Uint8Array<ArrayBuffer> | null {
  const opened = open(purpose, about, sealed);
  return opened === null || opened.isPresent ? null : encrypt(purpose, about, opened.plain);
}

/** Whether an older AUTH_SECRET is still there, under which something may be encrypted. */
export const isRotating = (): boolean => keysFor("rotation").length > 1;
