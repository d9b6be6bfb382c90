import { env } from "@/lib/env/env";
import { readMailReference } from "@/lib/mail/mail-reference";
import { readNetwork } from "@/lib/places/read-network";
import { REFERENCE_ALPHABET } from "@/lib/secrets/reference";
import { NAME_SEARCH_MIN_LENGTH, SEARCH_MAX_LENGTH } from "@/lib/support/rules/limits";
import { readEmail } from "@/lib/typed/email-address";

/** What somebody typed to find a customer. */
export type Search =
  | { kind: "nothing" }
  | { kind: "too-short" }
  /** In lower case; not necessarily an address that can exist. `otherwise` is it without a sign in front. */
  | { kind: "email"; email: string; otherwise?: string }
  /** A cidr; an address alone stands for what "IP" means everywhere. */
  | { kind: "network"; network: string }
  /**
   * Of a block, case or sign-in, or a mail's own. Seven letters and digits could also be a name, which is
   * looked for where no such reference is.
   */
  | { kind: "reference"; reference: string; name: string }
  | { kind: "name"; name: string };

const whole = new RegExp(`^[${REFERENCE_ALPHABET}]{7}$`);

// A reference behind whatever says what it is: `Ref: K7QM-2PX`.
const characters = `[${REFERENCE_ALPHABET}]`;
const atTheEnd = new RegExp(
  `(?<![\\p{L}\\p{N}])${characters}{4}[^\\p{L}\\p{N}]*${characters}{3}$`,
  "u",
);

const MAILS_LENGTH = "AK7QM-P2XT4-R9WD".length;

const charactersOf = (text: string) => text.replace(/[\s\p{P}\p{Cf}\u2212]/gu, "");

/** Reads a reference as it is said or typed, such as `k7qm 2px`; null for anything else. */
export function readReference(typed: string): string | null {
  const text = typed.slice(0, SEARCH_MAX_LENGTH).normalize("NFKC").toUpperCase();
  const last = atTheEnd.exec(text.replace(/[^\p{L}\p{N}]+$/u, ""))?.[0] ?? "";
  const found = [text, last].map(charactersOf).find((one) => whole.test(one));
  return found === undefined ? null : `${found.slice(0, 4)}-${found.slice(4)}`;
}

const mailsAtTheEnd = /(?<![\p{L}\p{N}])([\p{L}\p{N}]{5}[^\p{L}\p{N}]*){2}[\p{L}\p{N}]{4}$/u;

/** Reads a mail's own reference, also behind whatever says what it is; null for anything else. */
function readLongReference(typed: string): string | null {
  const text = typed.replace(/[^\p{L}\p{N}]+$/u, "");
  const last = mailsAtTheEnd.exec(text)?.[0] ?? "";
  return [text, last].map(readMailReference).find((one) => one?.length === MAILS_LENGTH) ?? null;
}

// An address in whatever stands around it: `Name <address>`, `mailto:address?subject=`, a list's comma.
const local = "[\\p{L}\\p{N}\\p{M}.!#$%&'*+/=?^_`{|}~-]+";
const inItsText = new RegExp(
  `(${local})@([\\p{L}\\p{N}\\p{M}.\u3002_-]*)([^\\s\\p{L}\\p{N}]*)`,
  "gu",
);

/**
 * An address that may have been pasted in quotes or stars, which could also be characters of its
 * own.
 */
function unquoted(typed: string, behind: string): { email: string; otherwise?: string } | null {
  const email = readEmail(typed.replace(/[^\p{L}\p{N}\p{M}]+$/u, ""));
  if (email === null) return null;
  const quotes = /^[^a-z0-9]*/.exec(email)?.[0] ?? "";
  const bare = readEmail(email.slice(quotes.length));
  if (bare === null || quotes === "") return { email };
  const closing = [...quotes].reverse().join("").replaceAll("{", "}");
  const isQuoted = (/[._-]*$/.exec(typed)?.[0] ?? "").concat(behind).startsWith(closing);
  return isQuoted ? { email: bare } : { email, otherwise: bare };
}

/** An address as it is stored where it can be one; else what was typed, in lower case. */
function readAddress(text: string): { email: string; otherwise?: string } {
  const straight = text.replace(/[\u2018\u2019\u201b]/g, "'");
  const isLink = /mailto:/i.test(text);
  for (const one of [straight, straight.replace(/\s*@\s*/g, "@")]) {
    for (const [, name = "", domain = "", behind = ""] of one.matchAll(inItsText)) {
      const typed = `${name}@${domain}`;
      const linked = isLink ? readEmail(`mailto:${typed.replace(/\.+$/, "")}`) : null;
      const found = linked === null ? unquoted(typed, behind) : { email: linked };
      if (found !== null) return found;
    }
  }
  return { email: text.toLowerCase() };
}

// What stands around an address in a sentence or a log; an IPv6 one may begin or end with colons.
const around = /^[\s"'“”„«»‹›‘’`*<({]+|[\s"'“”„«»‹›‘’`*>)}.,;!?/]+$/gu;

/** An address or range without the port, brackets or zone that logs and browsers write with it. */
function bareNetwork(text: string): string {
  return text
    .replace(around, "")
    .replace(/^ip(v[46])?[:=]|^[a-z_]+=/i, "")
    .replace(/^https?:\/\/([^/?#]*).*$/i, "$1")
    .replace(around, "")
    .replace(/^(\d+(?:\.\d+){3}):\d{0,5}$/, "$1")
    .replace(/^\[([^[\]]+)\](?::\d{1,5})?$/, "$1")
    .replace(/%[\w.-]+$/, "");
}

/** The network that a text is or, no name having such a word in it, names: `IP 203.0.113.7`. */
function networkIn(text: string): string | null {
  const words = text.split(/[\s,;]+/).filter((word) => /\d.*[.:]|[.:].*\d/.test(word));
  for (const one of [text, ...words]) {
    const read = readNetwork(bareNetwork(one), env().ipv6Prefix);
    if (read !== null) return read.network;
  }
  return null;
}

/** Reads a search by what it looks like. Whatever was typed, something comes out that can be asked for. */
export function readSearch(typed: string): Search {
  const text = typed
    .slice(0, SEARCH_MAX_LENGTH)
    .replace(/[\u00ad\u200b\u2060-\u2064\ufeff\p{Bidi_Control}]+/gu, "")
    .replace(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, " ")
    .trim();
  if (text === "") return { kind: "nothing" };
  const plain = text.normalize("NFKC");
  if (plain.includes("@")) return { kind: "email", ...readAddress(plain) };
  const network = networkIn(plain);
  if (network !== null) return { kind: "network", network };
  const found = readLongReference(text) ?? readReference(text);
  if (found !== null) return { kind: "reference", reference: found, name: text };
  return [...text].length < NAME_SEARCH_MIN_LENGTH
    ? { kind: "too-short" }
    : { kind: "name", name: text };
}
