import type { Environment } from "@/lib/env/env";
import { mailWarningsOf } from "@/lib/env/mail-sender";
import { standsUnder } from "@/lib/env/passkey-domain";
import { isLoopbackHost, isLoopbackNetwork } from "@/lib/network/network-text";

/** A sentence for the operator, its first word the variable; undefined where nothing is to be said. */
type Warning = (settings: Environment) => string | undefined;

const isPublic = ({ appUrl }: Environment) => !isLoopbackHost(new URL(appUrl).hostname);

const passwordsInTheClear: Warning = (settings) =>
  isPublic(settings) && settings.appUrl.startsWith("http:")
    ? "APP_URL is http, so passwords and codes cross the network in the clear, cookies are not Secure, and no HSTS is sent: put a proxy with TLS in front, and set APP_URL to its https address."
    : undefined;

const linksToNowhere: Warning = (settings) => {
  const isReached =
    !isLoopbackHost(settings.host) || !settings.trustedProxies.every(isLoopbackNetwork);
  return !isPublic(settings) && isReached
    ? `APP_URL is ${settings.appUrl}, which means everybody's own machine, so no link in a mail will lead here: set it to the address that customers open.`
    : undefined;
};

const anotherPort: Warning = (settings) => {
  const { port, protocol } = new URL(settings.appUrl);
  const named = Number(port || (protocol === "https:" ? 443 : 80));
  return !isPublic(settings) && settings.trustedProxies.length === 0 && named !== settings.port
    ? `APP_URL names port ${named} and the server listens on ${settings.port}: unless something passes the one on to the other, links in mail do not lead here.`
    : undefined;
};

const noProxyNamed: Warning = (settings) =>
  isPublic(settings) && settings.trustedProxies.length === 0
    ? "TRUSTED_PROXIES is empty: if a reverse proxy stands in front, set it to the proxy's address, or no customer's address is known and every sign-in asks for a code."
    : undefined;

const weakSecret: Warning = ({ authSecrets = [] }) =>
  authSecrets.some((secret) => new Set(secret).size < 8)
    ? "AUTH_SECRET has too few different characters and may be guessed: openssl rand -base64 33 makes a better one."
    : undefined;

const nobodyIsAsked: Warning = ({ verificationMode }) =>
  verificationMode === "enforce"
    ? undefined
    : `VERIFICATION_MODE is ${verificationMode}: a password alone opens an account from anywhere, until it is enforce.`;

const nobodyToTurnTo: Warning = (settings) =>
  isPublic(settings) && !settings.support.phone && !settings.support.email
    ? "SUPPORT_EMAIL and SUPPORT_PHONE are not set: a customer who is blocked is shown nobody to turn to."
    : undefined;

const anotherDomain: Warning = ({ appUrl, passkeyDomain }) => {
  const { hostname, origin } = new URL(appUrl);
  return passkeyDomain !== null && !standsUnder(hostname, passkeyDomain)
    ? `PASSKEY_DOMAIN is ${passkeyDomain}, which the host of APP_URL does not stand under: browsers take its passkeys only while https://${passkeyDomain}/.well-known/webauthn names ${origin}, as it does where that host still leads here.`
    : undefined;
};

const warnings: readonly Warning[] = [
  passwordsInTheClear,
  linksToNowhere,
  anotherPort,
  noProxyNamed,
  weakSecret,
  nobodyIsAsked,
  nobodyToTurnTo,
  anotherDomain,
];

/**
 * What the banner and the log warn of at the start: settings that are right by themselves and may not
 * be what is meant.
 */
export function warningsOf(settings: Environment): string[] {
  const found = warnings.flatMap((warning) => warning(settings) ?? []);
  return [...found, ...mailWarningsOf(settings)];
}
