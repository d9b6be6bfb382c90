import { randomInt } from "node:crypto";

/** Letters and digits without I, L, O, 0 and 1, which are misread and misheard. */
export const REFERENCE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

const pick = (count: number) =>
  Array.from(
    { length: count },
    () => REFERENCE_ALPHABET[randomInt(REFERENCE_ALPHABET.length)],
  ).join("");

/** A reference that people read out, such as K7QM-2PX; never six digits in a row. */
export function newReference(): string {
  return `${pick(4)}-${pick(3)}`;
}
