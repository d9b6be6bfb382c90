import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { env } from "@/lib/env/env";
import { presentSecretId, secretIdOf } from "@/lib/secrets/code";

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What is stored of a document's contents: nothing that can be read without AUTH_SECRET. */
export type SealedDocument = {
  /** Which of the AUTH_SECRETs the key comes from. */
  secretId: string;
  /** Nonce, text and tag, in this order. */
  sealed: Uint8Array<ArrayBuffer>;
};

/** A key for this one document: what is sealed as another one's does not open with it. */
function keyOf(id: string, secretId: string): Buffer | null {
  const secret = env().authSecrets?.find((one) => secretIdOf(one) === secretId);
  if (secret === undefined) return null;
  return Buffer.from(hkdfSync("sha256", secret, "", `portaria case document ${id}`, KEY_BYTES));
}

/**
 * Encrypts a document with AES-256-GCM.
 *
 * @param id of its row, which goes into the key
 */
export function sealDocument(id: string, bytes: Uint8Array): SealedDocument {
  const secretId = presentSecretId();
  const key = keyOf(id, secretId);
  if (key === null) throw new Error("AUTH_SECRET is not set.");
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const text = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return { secretId, sealed: new Uint8Array(Buffer.concat([nonce, text, cipher.getAuthTag()])) };
}

/**
 * Decrypts a document.
 *
 * @returns null when it was purged, was tampered with, belongs to another row, or its secret is no
 *   longer among AUTH_SECRET
 */
export function openDocument(document: {
  id: string;
  secretId: string;
  sealed: Uint8Array | null;
}): Uint8Array<ArrayBuffer> | null {
  const { id, secretId, sealed } = document;
  const key = keyOf(id, secretId);
  if (key === null || sealed === null || sealed.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const text = sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES);
  try {
    return new Uint8Array(Buffer.concat([decipher.update(text), decipher.final()]));
  } catch {
    return null;
  }
}
