import { readEmail } from "@/lib/email-address";
import { env } from "@/lib/env";
import { readNetwork } from "@/lib/places/read-network";
import { REFERENCE_ALPHABET } from "@/lib/sign-in/reference";
import { NAME_SEARCH_MIN_LENGTH, SEARCH_MAX_LENGTH } from "@/lib/support/rules/limits";

/** What somebody typed to find a customer. */
export type Search =
  | { kind: "nothing" }
  | { kind: "too-short" }
  /** In lower case; not necessarily an address that can exist. */
  | { kind: "email"; email: string }
  /** A cidr; an address alone stands for what "IP" means everywhere. */
  | { kind: "network"; network: string }
  /** Seven letters and digits could also be a name, which is looked for where no such reference is. */
  | { kind: "reference"; reference: string; name: string }
  | { kind: "name"; name: string };

const reference = new RegExp(`^[${REFERENCE_ALPHABET}]{7}$`);

/** Reads a reference as it is said or typed, such as `k7qm 2px`; null for anything else. */
export function readReference(typed: string): string | null {
  const signs = typed
    .slice(0, SEARCH_MAX_LENGTH)
    .normalize("NFKC")
    .replace(/[\s\p{P}\p{Cf}\u2212]/gu, "")
    .toUpperCase();
  return reference.test(signs) ? `${signs.slice(0, 4)}-${signs.slice(4)}` : null;
}

// An address in whatever stands around it: `Name <address>`, `mailto:address?subject=`, a list's comma.
const inItsText = /[^\s<>()[\],;:"\\]+@[^\s<>()[\],;:"\\?]*/u;

/** An address as it is stored where it can be one; else what was typed, in lower case. */
function readAddress(text: string): string {
  const found = inItsText.exec(text.normalize("NFKC"))?.[0].replace(/\.+$/, "") ?? text;
  const plain = /mailto:/i.test(text) ? (readEmail(`mailto:${found}`) ?? found) : found;
  return readEmail(plain) ?? plain.toLowerCase();
}

/** An address or range without the port, brackets or zone that logs and browsers write with it. */
function bareNetwork(text: string): string {
  return text
    .replace(/[.,;]+$/, "")
    .replace(/^(\d+(?:\.\d+){3}):\d{1,5}$/, "$1")
    .replace(/^\[([^[\]]+)\](?::\d{1,5})?$/, "$1")
    .replace(/%[\w.-]+$/, "");
}

/** Reads a search by what it looks like. Whatever was typed, something comes out that can be asked for. */
export function readSearch(typed: string): Search {
  const text = typed
    .slice(0, SEARCH_MAX_LENGTH)
    .replace(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, " ")
    .trim();
  if (text === "") return { kind: "nothing" };
  if (text.normalize("NFKC").includes("@")) return { kind: "email", email: readAddress(text) };
  const network = readNetwork(bareNetwork(text), env().ipv6Prefix);
  if (network !== null) return { kind: "network", network: network.network };
  const found = readReference(text);
  if (found !== null) return { kind: "reference", reference: found, name: text };
  return [...text].length < NAME_SEARCH_MIN_LENGTH
    ? { kind: "too-short" }
    : { kind: "name", name: text };
}
