import { relatedOrigins } from "@/lib/passkeys/relying-party";

// Asked of the domain of the passkeys, which may be the host of before: nothing of it is fixed by a build.
export const dynamic = "force-dynamic";

/** Which other site may use this domain's passkeys (WebAuthn 3, 5.11). */
export const GET = (): Response => Response.json(relatedOrigins());
