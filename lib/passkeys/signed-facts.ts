import { createHash } from "node:crypto";
import { z } from "zod";
import type { RelyingParty } from "@/lib/passkeys/relying-party";
import type { SignedFacts } from "@/lib/passkeys/rules/judge-answer";

const clientData = z.object({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
  topOrigin: z.string().optional(),
});

/** What an authenticator's data begins with: for which domain, and by which flags. */
export type SignedBy = { rpIdHash: Uint8Array; flags: { up: boolean; uv: boolean } };

type Signing = {
  type: "webauthn.create" | "webauthn.get";
  challenge: Uint8Array;
  party: RelyingParty;
  isOffer: boolean;
  isKept: boolean;
};

/** The bytes that a browser sends as text. */
export const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(text, "base64url"));

/**
 * Gathers what a browser and an authenticator say of themselves; null: it cannot be read.
 *
 * @param clientDataJSON as a browser sends it
 */
export function signedFacts(
  clientDataJSON: string,
  by: SignedBy,
  { type, challenge, party, isOffer, isKept }: Signing,
): SignedFacts | null {
  const said = readClientData(clientDataJSON);
  if (said === null) return null;
  const asked = Buffer.from(challenge).toString("base64url");
  const domain = createHash("sha256").update(party.id).digest();
  return {
    isChallenge: said.type === type && said.challenge === asked,
    // No page of ours stands in a frame of another site.
    isOurOrigin: said.origin === party.origin && !said.crossOrigin && said.topOrigin === undefined,
    isOurDomain: domain.equals(by.rpIdHash),
    isPresent: by.flags.up,
    isVerified: by.flags.uv,
    isOffer,
    isKept,
  };
}

function readClientData(text: string): z.infer<typeof clientData> | null {
  try {
    return clientData.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  } catch {
    return null;
  }
}
