import { isIP } from "node:net";
import { Expected, setting } from "@/lib/env/env-values";

const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const domain = new RegExp(`^${label}(?:\\.${label})*$`);

/** A domain that passkeys can be made for: a name alone, in ASCII and small letters. */
export const passkeyDomain = (expected: string) =>
  setting((text) => {
    // Nothing of a URL, which would be taken for a part of one.
    const isWritten = /^[^\s/:?#@\\[\]%]+$/.test(text) && URL.canParse(`https://${text}`);
    const host = isWritten ? new URL(`https://${text}`).hostname : "";
    if (isIP(host) > 0 || !domain.test(host) || host.length > 253) throw new Expected(expected);
    return host;
  });

const isAddress = (host: string) => host.startsWith("[") || isIP(host) > 0;

/** Whether a page at a host may use passkeys of a domain without asking it (HTML, "is a registrable domain suffix"). */
export const standsUnder = (host: string, domain: string) =>
  host === domain || host.endsWith(`.${domain}`);

/** The domain of an installation's passkeys; null where its host is an address: browsers keep none for one. */
export function passkeyDomainOf(given: string | undefined, appUrl: string): string | null {
  const { hostname } = new URL(appUrl);
  return given ?? (isAddress(hostname) ? null : hostname);
}

/** What is wrong with a domain for the host of APP_URL; null: nothing that could be seen from here. */
export function passkeyDomainFault(given: string | undefined, appUrl: string): string | null {
  const { hostname } = new URL(appUrl);
  if (given === undefined || given === hostname) return null;
  if (isAddress(hostname)) {
    return "PASSKEY_DOMAIN must be left out, because the host of APP_URL is an address and browsers keep passkeys for names alone.";
  }
  return given.includes(".")
    ? null
    : "PASSKEY_DOMAIN must be the host of APP_URL, a domain that this stands under, or one that names APP_URL at /.well-known/webauthn: browsers take no single word else.";
}
