import type { Environment } from "@/lib/env";
import { mailWarningsOf } from "@/lib/mail-sender";
import { isLoopbackHost } from "@/lib/network-text";

/** What the banner warns of: settings that are right by themselves and may not be what is meant. */
export function warningsOf(settings: Environment): string[] {
  const { appUrl, trustedProxies, authSecrets = [] } = settings;
  const warnings: string[] = [];
  if (!isLoopbackHost(new URL(appUrl).hostname) && trustedProxies.length === 0)
    warnings.push(
      "TRUSTED_PROXIES is empty: if a reverse proxy stands in front, set it to the proxy's address, or no customer's address is known and every sign-in asks for a code.",
    );
  if (authSecrets.some((secret) => new Set(secret).size < 8))
    warnings.push(
      "AUTH_SECRET has too few different characters and may be guessed: openssl rand -base64 33 makes a better one.",
    );
  return [...warnings, ...mailWarningsOf(settings)];
}
