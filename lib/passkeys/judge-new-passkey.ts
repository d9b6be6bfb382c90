import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { type CeremonyHolder, spendCeremony } from "@/lib/passkeys/ceremony-store";
import { makerName } from "@/lib/passkeys/makers";
import type { NewPasskey } from "@/lib/passkeys/passkey-store";
import { type NewKeyAnswer, readNewKey } from "@/lib/passkeys/read-answer";
import { type RelyingParty, relyingParty } from "@/lib/passkeys/relying-party";
import { judgeAsked, judgeSigned, type PasskeyRefusal } from "@/lib/passkeys/rules/judge-answer";
import { bytesOf, signedFacts } from "@/lib/passkeys/signed-facts";
import { isId } from "@/lib/typed/is-id";

// WebAuthn 3, 5.8.1.
const ID_BYTES_AT_MOST = 1023;

/** A passkey without what its owner lets it do. */
export type MadePasskey = Omit<NewPasskey, "signsIn" | "isSecondStep">;

/** What becomes of a passkey that a browser made. */
export type NewPasskeyVerdict =
  | { kind: "made"; passkey: MadePasskey }
  | { kind: "refused"; because: PasskeyRefusal };

/** What a browser sent: the answer's text, and which ceremony it says to answer. */
export type SentAnswer = { ceremony: string; text: string };

const refused = (because: PasskeyRefusal) => ({ kind: "refused", because }) as const;

/**
 * Judges a new passkey (rows P1 to P8 and P12 of the table) and uses its ceremony up. Nothing of it is
 * kept: `addPasskey` does that.
 *
 * @throws when the database cannot be reached
 */
export async function judgeNewPasskey(
  sent: SentAnswer,
  holder: CeremonyHolder,
): Promise<NewPasskeyVerdict> {
  const party = relyingParty();
  const answer = readNewKey(sent.text);
  if (answer === null || party === null) return refused("malformed");
  if (!isId(sent.ceremony)) return refused("not-asked");
  const now = readClock();
  const ceremony = await spendCeremony(database, sent.ceremony, holder, now);
  if (ceremony.kind === "not") return refused(judgeAsked(ceremony.asked, now) ?? "used");
  return verify(answer, ceremony.challenge, party, holder.purpose === "offer");
}

async function verify(
  answer: NewKeyAnswer,
  challenge: Uint8Array,
  party: RelyingParty,
  isOffer: boolean,
): Promise<NewPasskeyVerdict> {
  // Large, and needed by few: loaded the first time that somebody makes or uses a passkey.
  const [{ verifyRegistrationResponse }, helpers] = await Promise.all([
    import("@simplewebauthn/server"),
    import("@simplewebauthn/server/helpers"),
  ]);
  const { clientDataJSON, attestationObject } = answer.response;
  try {
    const decoded = helpers.decodeAttestationObject(bytesOf(attestationObject));
    const by = helpers.parseAuthenticatorData(decoded.get("authData"));
    const isKept = answer.clientExtensionResults.credProps?.rk !== false;
    const signing = { type: "webauthn.create", challenge, party, isOffer, isKept } as const;
    const facts = signedFacts(clientDataJSON, by, signing);
    if (facts === null) return refused("malformed");
    const because = judgeSigned(facts);
    if (because !== null) return refused(because);
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer,
      expectedChallenge: Buffer.from(challenge).toString("base64url"),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserPresence: !isOffer,
      requireUserVerification: !isOffer,
    });
    if (!verified) return refused("wrong");
    const { credential, aaguid } = registrationInfo;
    // The library compares neither: what is signed may name another id, and one of any length.
    const isSane = credential.id === answer.id && bytesOf(credential.id).length <= ID_BYTES_AT_MOST;
    if (!isSane) return refused("malformed");
    const passkey = {
      credentialId: bytesOf(credential.id),
      publicKey: new Uint8Array(credential.publicKey),
      counter: BigInt(credential.counter),
      name: makerName(aaguid),
      aaguid,
      transports: answer.response.transports ?? [],
      backupEligible: registrationInfo.credentialDeviceType === "multiDevice",
      backedUp: registrationInfo.credentialBackedUp,
      rpId: party.id,
    };
    return { kind: "made", passkey };
  } catch {
    // The library throws for whatever no authenticator would send.
    return refused("wrong");
  }
}
