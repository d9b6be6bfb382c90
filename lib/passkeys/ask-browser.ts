import { randomBytes } from "node:crypto";
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { readClock } from "@/lib/clock";
import { countKeys } from "@/lib/db/subjects";
import { database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import type { Passkey } from "@/lib/generated/prisma/client";
import { beginCeremony, type CeremonyHolder } from "@/lib/passkeys/ceremony-store";
import { findPasskeys, passkeyHandle } from "@/lib/passkeys/passkey-store";
import { type RelyingParty, relyingParty } from "@/lib/passkeys/relying-party";
import { CEREMONIES_PER_HOUR, CEREMONY_MINUTES } from "@/lib/passkeys/rules/limits";
import { countRequest } from "@/lib/rate-limit/rate-window";

/** What a browser is asked for, a new passkey or an answer of one, as its script takes it. */
export type AskedOptions =
  | { ceremony: string; create: PublicKeyCredentialCreationOptionsJSON }
  | { ceremony: string; get: PublicKeyCredentialRequestOptionsJSON };

/** `too-many`: asked too often in this hour, of one network or for one holder. `none`: there is nothing to be asked for. */
export type AskOutcome =
  | { kind: "asked"; options: AskedOptions }
  | { kind: "too-many"; until: Date }
  | { kind: "none" };

/** Whose passkeys; null where nobody has proven anything, who is shown no list of keys. */
export type AskedAccount = { id: string; email: string; name: string } | null;

const milliseconds = CEREMONY_MINUTES * 60_000;

/**
 * What a ceremony counts for. Who has proven nothing counts with their network; whoever has proven something
 * by themselves, so that no neighbour can use it up.
 */
function countOf({ sessionId, challengeId }: CeremonyHolder, network: string) {
  const holder = sessionId ?? challengeId;
  return holder === null
    ? countKeys.passkeyCeremoniesFrom(network)
    : countKeys.passkeyCeremoniesOf(holder);
}

/**
 * Begins a ceremony. The list of an account's keys goes to whoever has proven something of it: by the
 * session, or by the password of a pending sign-in.
 *
 * @param network of whoever asks
 * @param claim takes what may be asked for but once, after it was counted; false: it was taken already
 * @throws when the database cannot be reached
 */
export async function askBrowser(
  holder: CeremonyHolder,
  account: AskedAccount,
  network: string,
  claim: () => Promise<boolean> = async () => true,
): Promise<AskOutcome> {
  const party = relyingParty();
  if (party === null) return { kind: "none" };
  const now = readClock();
  const limit = CEREMONIES_PER_HOUR;
  const count = { ...countOf(holder, network), limit };
  const verdict = await countRequest(database, [count], now);
  if (verdict.kind === "refused") return { kind: "too-many", until: verdict.until };
  if (!(await claim())) return { kind: "none" };
  const keys = account === null ? [] : await keysFor(account.id, party);
  const isNew = holder.purpose === "add" || holder.purpose === "offer";
  const usable = isNew ? keys : keys.filter(({ isSecondStep }) => isSecondStep);
  const isOfAccount = holder.purpose === "second-step" || holder.purpose === "confirm";
  if (isOfAccount && usable.length === 0) return { kind: "none" };
  const challenge = new Uint8Array(randomBytes(32));
  const ceremony = await beginCeremony(database, holder, challenge, now);
  const asked = { challenge: Buffer.from(challenge).toString("base64url"), timeout: milliseconds };
  const list = usable.map(listed);
  if (account === null || !isNew) {
    const get = {
      ...asked,
      rpId: party.id,
      allowCredentials: list,
      userVerification: "required" as const,
    };
    return { kind: "asked", options: { ceremony, get } };
  }
  const handle = await passkeyHandle(database, account.id);
  const create = {
    ...asked,
    rp: { id: party.id, name: env().brand.name },
    user: {
      id: Buffer.from(handle).toString("base64url"),
      name: account.email,
      displayName: account.name,
    },
    pubKeyCredParams: algorithms.map((alg) => ({ alg, type: "public-key" as const })),
    excludeCredentials: list,
    authenticatorSelection: {
      residentKey: "required" as const,
      requireResidentKey: true,
      userVerification: "required" as const,
    },
    attestation: "none" as const,
    extensions: { credProps: true },
  };
  return { kind: "asked", options: { ceremony, create } };
}

// EdDSA, ES256 and RS256 (IANA, COSE algorithms): what every authenticator of today has one of.
const algorithms = [-8, -7, -257];

const keysFor = async (accountId: string, party: RelyingParty) =>
  (await findPasskeys(database, accountId)).filter(({ rpId }) => rpId === party.id);

const listed = ({ credentialId, transports }: Passkey) => ({
  id: Buffer.from(credentialId).toString("base64url"),
  type: "public-key" as const,
  transports: transports as ("ble" | "hybrid" | "internal" | "nfc" | "usb")[],
});
