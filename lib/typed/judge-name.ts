import { isVisible } from "@/lib/typed/visible";

/** Why a name is not taken; each is a message's key. */
export type NameError = "nameMissing" | "nameTooLong" | "nameIsUrl" | "nameInvalid";

// What is taken away without a word: characters that draw nothing and that no spelling needs.
const unneeded = /[\u00ad\u200b\u2060-\u2064\ufeff]/gu;
const gaps = /[\p{Zs}\p{Zl}\p{Zp}]+/gu;
const edges = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/** A name as it is meant: one gap between words, and nothing invisible at its ends. */
export const tidyName = (typed: string) =>
  typed.normalize("NFC").replace(unneeded, "").replace(gaps, " ").replace(edges, "");

const scheme = /:\/\/|\bwww\.|\b(?:https?|ftp|mailto|tel|javascript|data):/i;
const ipv4 = /(?<![\p{N}.])\d{1,3}(?:\.\d{1,3}){3}(?![\p{N}.])/u;
const host =
  /([\p{L}\p{N}\p{M}-]+\.)+([\p{L}\p{M}]{2,}|xn--[a-z0-9-]+)(?![\p{L}\p{N}\p{M}-])([/:?#]?)/giu;

// In front of a name, with a full stop that needs no gap: J.Kim, St.Li.
const title =
  /^(?:\p{Lu}|Dr|Mr|Mrs|Ms|Mx|St|Sr|Sra|Srta|Jr|Fr|Prof|Rev|Hon|Mme|Mlle|Me|Dra|Ma|Ph)$/u;

/** Whether mail programs would make a link of it: they know an address by its scheme or its ending. */
function holdsAddress(name: string, isEnding: (label: string) => boolean): boolean {
  const text = name.normalize("NFKC").replace(/\u3002/g, ".");
  if (scheme.test(text) || ipv4.test(text)) return true;
  return [...text.matchAll(host)].some(([whole, , ending = "", goesOn = ""]) => {
    if (!isEnding(ending.toLowerCase())) return false;
    const before = whole.split(".").slice(0, -1);
    const isName = before.every((label) => title.test(label)) && /^\p{Lu}\p{Ll}/u.test(ending);
    return goesOn !== "" || !isName;
  });
}

/**
 * Judges a name of anything: contract, "Settled": it holds a visible character and no web address.
 *
 * @param name tidied
 * @param maxLength in characters, an emoji being one
 * @param isEnding whether web addresses end so, such as `com` or `рф`; asked in lower case
 */
export function judgeName(
  name: string,
  maxLength: number,
  isEnding: (label: string) => boolean,
): NameError | undefined {
  if (name === "") return "nameMissing";
  if ([...name].length > maxLength) return "nameTooLong";
  // Control characters and what turns the text around it about would let it pose as another.
  if (/[\p{Cc}\p{Cs}\p{Co}\p{Bidi_Control}\uFFFD<>]/u.test(name)) return "nameInvalid";
  if (!isVisible(name)) return "nameMissing";
  return holdsAddress(name, isEnding) ? "nameIsUrl" : undefined;
}
