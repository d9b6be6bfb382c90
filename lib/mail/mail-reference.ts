import { REFERENCE_ALPHABET } from "@/lib/secrets/reference";

const LENGTH = 7;
const DASH_AFTER = 4;
const RADIX = BigInt(REFERENCE_ALPHABET.length);
const COUNT = RADIX ** BigInt(LENGTH);

// A reference is where an id stands among all ids, so that its mails are a range of the primary key.
const ID_BITS = 48n;
const ID_DIGITS = 12;
const ID_LENGTH = 32;

const asUuid = (digits: string) =>
  digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** A mail's own reference, which people read out, such as K7QM-2PX, by its id. */
export function mailReferenceOf(id: string): string {
  let place = (BigInt(`0x${id.replaceAll("-", "").slice(0, ID_DIGITS)}`) * COUNT) >> ID_BITS;
  let characters = "";
  for (let index = 0; index < LENGTH; index += 1) {
    characters = REFERENCE_ALPHABET.charAt(Number(place % RADIX)) + characters;
    place /= RADIX;
  }
  return `${characters.slice(0, DASH_AFTER)}-${characters.slice(DASH_AFTER)}`;
}

/**
 * The first and the last id whose mail would have a reference.
 *
 * @param reference as `mailReferenceOf` writes it
 * @returns null where it is none
 */
export function uuidRangeOf(reference: string): { first: string; last: string } | null {
  const characters = reference.replace("-", "");
  const values = [...characters].map((character) => REFERENCE_ALPHABET.indexOf(character));
  if (values.length !== LENGTH || values.includes(-1)) return null;
  const place = values.reduce((sum, value) => sum * RADIX + BigInt(value), 0n);
  // The first id at or behind a place.
  const startOf = (at: bigint) => ((at << ID_BITS) + COUNT - 1n) / COUNT;
  const uuid = (id: bigint, rest: string) =>
    asUuid(id.toString(16).padStart(ID_DIGITS, "0").padEnd(ID_LENGTH, rest));
  return { first: uuid(startOf(place), "0"), last: uuid(startOf(place + 1n) - 1n, "f") };
}
