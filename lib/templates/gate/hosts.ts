import { domainToASCII, domainToUnicode } from "node:url";
import endings from "tlds";

const known = new Set(endings);

const parsed = (address: string) => (URL.canParse(address) ? new URL(address) : null);

/** The host that a browser opens, with its port if it is another than 443; null: it opens none. */
export const hostOf = (address: string): string | null => parsed(address)?.host ?? null;

/**
 * The host of an https address that every program reads alike: written as it is, with no name or
 * password before it, no backslash, blank or escape in it. Null: programs may differ.
 */
export function plainHostOf(address: string): string | null {
  const url = parsed(address);
  if (url === null || url.protocol !== "https:" || /[\s\\\p{C}]/u.test(address)) return null;
  const authority = address.slice("https://".length).split(/[/?#]/, 1)[0]?.toLowerCase();
  const spellings = [url.host, `${url.hostname}:443`, domainToUnicode(url.hostname)];
  return authority !== undefined && spellings.includes(authority) ? url.host : null;
}

/** The hosts that links may lead to, as `hostOf` gives them. */
export const readAllowed = (allowedHosts: string[]): string[] =>
  allowedHosts.flatMap((host) => hostOf(`https://${host}`) ?? []);

const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/**
 * What of a word is a host's name: `Example.com,` is example.com. Null: nothing. In an address it is one
 * whatever its ending.
 */
function nameIn(token: string, isAddress: boolean): string | null {
  const name = token
    .replace(/^[.-]+/, "")
    .replace(/[.-]+$/, "")
    .toLowerCase();
  if (ipv4.test(name)) return name;
  const labels = name.split(".");
  const ending = labels.at(-1) ?? "";
  if (labels.length < 2 || labels.includes("")) return null;
  if (!isAddress && !known.has(ending) && !ending.startsWith("xn--")) return null;
  return domainToASCII(name) || name;
}

/** A host that words name, and whether they give it as an address, such as https://example.com. */
export type NamedHost = { host: string; isAddress: boolean };

/** The hosts that a text names, as mail programs would find them; an IP address only in an address. */
export function hostsIn(text: string): NamedHost[] {
  const read = text.normalize("NFKC").replace(/[\u3002\uff0e\uff61]/g, ".");
  const visible = read.replace(/\p{Default_Ignorable_Code_Point}/gu, "");
  return visible.split(/[\s\p{Cc}]+/u).flatMap((chunk) => {
    const scheme = chunk.indexOf("://");
    const isAddress = scheme >= 0 || /(?:^|[^\p{L}\p{N}])www\./iu.test(chunk);
    const ended = scheme < 0 ? chunk : `${chunk.slice(0, scheme)} ${chunk.slice(scheme + 3)}`;
    // A path may have an ending too: /news.zip.
    const named = isAddress ? (ended.split(/[/?#]/, 1)[0] ?? "") : ended;
    return named.split(/[^\p{L}\p{M}\p{N}.-]+/u).flatMap((token) => {
      const host = nameIn(token, isAddress);
      return host === null ? [] : [{ host, isAddress }];
    });
  });
}

/** Whether a host is what was named: itself, with or without www., or one below it. */
export function isNamedBy(host: string, named: string): boolean {
  const [name] = host.split(":");
  const bare = named.replace(/^www\./, "");
  return name === bare || name?.endsWith(`.${bare}`) === true;
}
