import { domainToASCII, domainToUnicode } from "node:url";

/** RFC 5321, section 4.5.3.1.3, less the angle brackets. */
export const EMAIL_MAX_LENGTH = 254;

/** RFC 5321, section 4.5.3.1.1: before the @. */
export const LOCAL_PART_MAX_LENGTH = 64;

/** The lengths that the words of an error name. */
export const emailLengths = {
  max: EMAIL_MAX_LENGTH,
  maxEmail: EMAIL_MAX_LENGTH,
  maxLocal: LOCAL_PART_MAX_LENGTH,
};

/** Why an address is not taken; each is a message's key. */
export type EmailError = "emailMissing" | "emailInvalid" | "emailTooLong";

// HTML Living Standard, "valid e-mail address"; the domain as it is in ASCII.
const localPart = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+$/i;
const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const domainName = new RegExp(`^${label}(?:\\.${label})*$`, "i");
const unicodeDomain = /^[\p{L}\p{N}\p{M}\p{Cf}.-]+$/u;

const edges = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/** Full-width characters, as Asian keyboards type them, are the ASCII ones. */
const halfWidth = (text: string) =>
  text.replace(/[\uff01-\uff5e]/g, (character) =>
    String.fromCharCode(character.charCodeAt(0) - 0xfee0),
  );

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * What is left of an address that was pasted with more than itself: `Name <…>`, `mailto:`,
 * invisible characters.
 */
function bareAddress(typed: string): string {
  const text = halfWidth(typed).replace(edges, "");
  const inner = /^[^<>]*<([^<>]*)>$/.exec(text)?.[1] ?? text;
  const linked = /^\s*mailto:([^?]*)/i.exec(inner)?.[1];
  return (linked === undefined ? inner : unescaped(linked)).replace(edges, "");
}

/** A domain in ASCII, as it is stored and mailed to; null when it is none (UTS 46, by the URL standard). */
function asciiDomain(typed: string): string | null {
  const dotted = typed.replace(/[\u3002\uff61]/g, ".");
  const isAscii = /^[\0-\x7f]*$/.test(dotted);
  if (!isAscii && !unicodeDomain.test(dotted)) return null;
  const domain = isAscii ? dotted.toLowerCase() : domainToASCII(dotted);
  return domainName.test(domain) ? domain : null;
}

/**
 * An e-mail address as typed or pasted, in its one form: lower case, the domain in ASCII. What HTML's
 * `type=email` takes is one, the domain in Unicode too (contract, "Settled").
 */
export function typedEmail(typed: string): { email: string } | { error: EmailError } {
  const text = bareAddress(typed);
  if (text === "") return { error: "emailMissing" };
  const at = text.lastIndexOf("@");
  const [local, domain] = [text.slice(0, at), asciiDomain(text.slice(at + 1))];
  const isAddress = at > 0 && localPart.test(local) && domain !== null;
  const email = `${local.toLowerCase()}@${domain}`;
  const length = isAddress ? email.length : [...text].length;
  if (length > EMAIL_MAX_LENGTH) return { error: "emailTooLong" };
  if (!isAddress) return { error: "emailInvalid" };
  return local.length > LOCAL_PART_MAX_LENGTH ? { error: "emailTooLong" } : { email };
}

/** A typed address in its one form; null when it is none. */
export function readEmail(typed: unknown): string | null {
  const read = typeof typed === "string" ? typedEmail(typed) : null;
  return read === null || "error" in read ? null : read.email;
}

/**
 * An address for its owner to read. One whose domain is written in other letters is shown both ways:
 * those could be look-alikes.
 */
export function shownEmail(email: string): string {
  const at = email.lastIndexOf("@") + 1;
  const domain = email.slice(at);
  const read = domainToUnicode(domain);
  return read === "" || read === domain ? email : `${email.slice(0, at)}${read} (${email})`;
}
