import { env } from "@/lib/env/env";

/** For which domain passkeys are made, and at which origin they are used. */
export type RelyingParty = { id: string; origin: string };

/** That of this installation; null where its host is an address, for which browsers keep no passkeys. */
export function relyingParty(): RelyingParty | null {
  const { passkeyDomain: id, appUrl: origin } = env();
  return id === null ? null : { id, origin };
}

/** Where browsers ask a domain which other sites may use its passkeys (WebAuthn 3, 5.11). */
export const RELATED_ORIGINS_PATH = "/.well-known/webauthn";

/** What is answered there, under whatever name this site is reached. */
export const relatedOrigins = (): { origins: string[] } => ({ origins: [env().appUrl] });
