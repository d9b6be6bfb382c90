import { createHash, randomBytes } from "node:crypto";
import { RECOVERY_ALPHABET } from "@/lib/factors/rules/typed-factor";

/** How many recovery codes are made at once. */
export const RECOVERY_CODES = 10;

const CHARACTERS = 16;

// 256 is a multiple of 32: each character is as likely as any other, and a code holds 80 bits.
const newCode = (): string =>
  [...randomBytes(CHARACTERS)]
    .map((byte) => RECOVERY_ALPHABET[byte % RECOVERY_ALPHABET.length])
    .join("");

/** Ten new codes as they are shown: four groups of four characters, joined by dashes. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => (newCode().match(/.{4}/g) ?? []).join("-"));

/**
 * What is stored of a code. A fast hash is enough for 80 random bits.
 *
 * @param code with or without its dashes, in capital letters
 */
export function hashRecoveryCode(accountId: string, code: string): Uint8Array<ArrayBuffer> {
  const plain = code.replaceAll("-", "");
  return new Uint8Array(
    createHash("sha256").update(`portaria recovery code ${accountId} ${plain}`).digest(),
  );
}
