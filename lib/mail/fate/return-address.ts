import { createHmac, timingSafeEqual } from "node:crypto";
import { domainToASCII } from "node:url";
import { keysFor } from "@/lib/secrets/secrets";
import { isId } from "@/lib/typed/is-id";

// Letters alone: servers change the case of an address, and no token holds six digits in a row.
const ALPHABET = "abcdefghijklmnopqrstuvwxyz";
const RADIX = BigInt(ALPHABET.length);
// 128 bits of the id, and 84 of its signature.
const ID_LETTERS = 28;
const SIGNATURE_LETTERS = 18;

/** How many letters name a mail in the address that it comes back to, and sign it. */
export const RETURN_TOKEN_LETTERS = ID_LETTERS + SIGNATURE_LETTERS;

function letters(value: bigint, count: number): string {
  let text = "";
  for (let rest = value; text.length < count; rest /= RADIX) {
    text = ALPHABET.charAt(Number(rest % RADIX)) + text;
  }
  return text;
}

const numberOf = (hex: string) => BigInt(`0x${hex}`);

const signatureOf = (key: Buffer, name: string) =>
  letters(numberOf(createHmac("sha256", key).update(name).digest("hex")), SIGNATURE_LETTERS);

function idOf(name: string): string | null {
  let value = 0n;
  for (const letter of name) value = value * RADIX + BigInt(ALPHABET.indexOf(letter));
  const hex = value.toString(16).padStart(32, "0");
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return isId(id) ? id : null;
}

/** A mail's id and its signature under the first AUTH_SECRET, as letters. */
export function returnTokenOf(mailId: string): string {
  const name = letters(numberOf(mailId.replaceAll("-", "")), ID_LETTERS);
  const [key] = keysFor("return address");
  if (key === undefined) throw new Error("AUTH_SECRET is not set.");
  return name + signatureOf(key, name);
}

/**
 * The envelope sender of a mail, which servers send it back to: the address that mail comes back to,
 * with the mail's token behind a plus sign. At most 64 characters stand before its @.
 */
export function returnAddressOf(mailId: string, address: string): string {
  const at = address.lastIndexOf("@");
  const domain = domainToASCII(address.slice(at + 1)) || address.slice(at + 1);
  return `${address.slice(0, at)}+${returnTokenOf(mailId)}@${domain}`;
}

/**
 * The mail that a token names, in whatever case, compared in constant time under every AUTH_SECRET.
 *
 * @returns null for what we have not made; never throws on hostile input
 */
export function openReturnToken(token: string): string | null {
  const plain = token.toLowerCase();
  if (plain.length !== RETURN_TOKEN_LETTERS || !/^[a-z]+$/.test(plain)) return null;
  const name = plain.slice(0, ID_LETTERS);
  const given = Buffer.from(plain.slice(ID_LETTERS));
  const right = keysFor("return address").filter((key) =>
    timingSafeEqual(Buffer.from(signatureOf(key, name)), given),
  );
  return right.length > 0 ? idOf(name) : null;
}
