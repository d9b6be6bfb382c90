import { REFERENCE_ALPHABET } from "@/lib/secrets/reference";

// 12 digits of an id before that of its version, and 3 behind it: 60 bits of a uuid of version 4, whose
// mails are a range of the primary key.
const ID_BITS = 60n;
const ID_DIGITS = 15;
const VERSION_AT = 12;
const VERSION = "4";

// A group begins with no digit, so that nowhere six digits follow one another, dashes or none.
const FIRSTS = [...REFERENCE_ALPHABET].filter((character) => !/\d/.test(character)).join("");
const LENGTH = 14;
const beginsGroup = (index: number) => index === 0 || index === 5 || index === 10;
const charactersAt = (index: number) => (beginsGroup(index) ? FIRSTS : REFERENCE_ALPHABET);
const RADIX = REFERENCE_ALPHABET.length;

// As mails of before named theirs: K7QM-2PX, of 48 bits. Read as long as such mails are kept.
const EARLIER_LENGTH = 7;
const EARLIER_BITS = 48n;
const EARLIER_DIGITS = 12;
const EARLIER_COUNT = BigInt(RADIX) ** BigInt(EARLIER_LENGTH);

const asUuid = (digits: string) =>
  digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** A sum by which one character read wrong shows, and two that changed places: the alphabet's size is prime. */
function checkOf(characters: string): string {
  let sum = 0;
  for (const [index, character] of [...characters].entries()) {
    sum += (index + 1) * REFERENCE_ALPHABET.indexOf(character);
  }
  return REFERENCE_ALPHABET.charAt(sum % RADIX);
}

const inGroups = (characters: string) =>
  [characters.slice(0, 5), characters.slice(5, 10), characters.slice(10)].join("-");

/** A mail's own reference, by its id, such as AK7QM-P2XT4-R9WD: which of all mails, and a check character. */
export function mailReferenceOf(id: string): string {
  const digits = id.replaceAll("-", "");
  let rest = BigInt(
    `0x${digits.slice(0, VERSION_AT)}${digits.slice(VERSION_AT + 1, ID_DIGITS + 1)}`,
  );
  let characters = "";
  for (let index = LENGTH - 2; index >= 0; index -= 1) {
    const from = charactersAt(index);
    characters = from.charAt(Number(rest % BigInt(from.length))) + characters;
    rest /= BigInt(from.length);
  }
  return inGroups(characters + checkOf(characters));
}

// None of these is in a reference: who types one misread another.
const misread: Record<string, string> = { O: "DQ", "0": "DQ", I: "J7", L: "J7", "1": "J7" };
const MISREAD_MOST = 3;

const isWhole = (characters: string) =>
  [...characters].every((character, index) => charactersAt(index).includes(character)) &&
  checkOf(characters.slice(0, -1)) === characters.at(-1);

/** Whatever a text may be if each character that no reference has stands for one that it looks like. */
function meantBy(characters: string): string[] {
  const doubtful = [...characters].filter((character) => character in misread).length;
  if (doubtful > MISREAD_MOST) return [];
  return [...characters].reduce<string[]>(
    (all, character) =>
      all.flatMap((start) => [...(misread[character] ?? character)].map((one) => start + one)),
    [""],
  );
}

/**
 * Reads a mail's reference as people type it: in small letters, with spaces, without dashes, with an O
 * where the check character leaves but one thing it can have been.
 *
 * @returns as `mailReferenceOf` writes it, or as mails of before named theirs; null: it is none
 */
export function readMailReference(typed: string): string | null {
  if (typed.length > 100) return null;
  const characters = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Dash_Punctuation}\p{Cf}\u2212]/gu, "");
  if (characters.length === EARLIER_LENGTH) {
    const isKnown = [...characters].every((one) => REFERENCE_ALPHABET.includes(one));
    return isKnown ? `${characters.slice(0, 4)}-${characters.slice(4)}` : null;
  }
  if (characters.length !== LENGTH) return null;
  const [only, ...others] = meantBy(characters).filter(isWhole);
  return only === undefined || others.length > 0 ? null : inGroups(only);
}

function rangeOfEarlier(characters: string): { first: string; last: string } {
  const place = [...characters].reduce(
    (sum, character) => sum * BigInt(RADIX) + BigInt(REFERENCE_ALPHABET.indexOf(character)),
    0n,
  );
  const startOf = (at: bigint) => ((at << EARLIER_BITS) + EARLIER_COUNT - 1n) / EARLIER_COUNT;
  const uuid = (id: bigint, rest: string) =>
    asUuid(id.toString(16).padStart(EARLIER_DIGITS, "0").padEnd(32, rest));
  return { first: uuid(startOf(place), "0"), last: uuid(startOf(place + 1n) - 1n, "f") };
}

/**
 * The first and the last id whose mail would have a reference.
 *
 * @param reference as `readMailReference` gives it
 * @returns null where no id has it
 */
export function uuidRangeOf(reference: string): { first: string; last: string } | null {
  const characters = reference.replaceAll("-", "");
  if (characters.length === EARLIER_LENGTH) return rangeOfEarlier(characters);
  if (characters.length !== LENGTH || !isWhole(characters)) return null;
  const place = [...characters.slice(0, -1)].reduce((sum, character, index) => {
    const from = charactersAt(index);
    return sum * BigInt(from.length) + BigInt(from.indexOf(character));
  }, 0n);
  if (place >> ID_BITS > 0n) return null;
  const digits = place.toString(16).padStart(ID_DIGITS, "0");
  const start = digits.slice(0, VERSION_AT) + VERSION + digits.slice(VERSION_AT);
  return { first: asUuid(`${start}8`.padEnd(32, "0")), last: asUuid(`${start}b`.padEnd(32, "f")) };
}
