import { readClock } from "@/lib/clock";
import { type Database, database } from "@/lib/db/transaction";
import { type CeremonyHolder, spendCeremony } from "@/lib/passkeys/ceremony-store";
import type { SentAnswer } from "@/lib/passkeys/judge-new-passkey";
import { type FoundPasskey, findPasskeyOf, notePasskeyUsed } from "@/lib/passkeys/passkey-store";
import { readSigned, type SignedAnswer } from "@/lib/passkeys/read-answer";
import { type RelyingParty, relyingParty } from "@/lib/passkeys/relying-party";
import {
  counterFell,
  judgeAsked,
  judgeKey,
  judgeSigned,
  type PasskeyRefusal,
} from "@/lib/passkeys/rules/judge-answer";
import { bytesOf, type SignedBy, signedFacts } from "@/lib/passkeys/signed-facts";
import { isId } from "@/lib/typed/is-id";

/** An answer whose ceremony is used up by it, before it is known whether it is right. */
export type TakenAnswer = {
  answer: SignedAnswer;
  challenge: Uint8Array;
  party: RelyingParty;
  holder: CeremonyHolder;
  credentialId: Uint8Array<ArrayBuffer>;
};

type Refused = { kind: "refused"; because: PasskeyRefusal };

/** What becomes of an answer that a passkey signed. */
export type PasskeyVerdict =
  | { kind: "right"; passkeyId: string; accountId: string; isSecondStep: boolean }
  | Refused;

const refused = (because: PasskeyRefusal): Refused => ({ kind: "refused", because });

/**
 * Reads an answer and uses its ceremony up (rows P1 to P3). Outside of transactions, so that it stays
 * used whatever comes of it.
 *
 * @throws when the database cannot be reached
 */
export async function takeAnswer(
  sent: SentAnswer,
  holder: CeremonyHolder,
): Promise<{ kind: "taken"; taken: TakenAnswer } | Refused> {
  const party = relyingParty();
  const answer = readSigned(sent.text);
  if (answer === null || party === null) return refused("malformed");
  if (!isId(sent.ceremony)) return refused("not-asked");
  const now = readClock();
  const ceremony = await spendCeremony(database, sent.ceremony, holder, now);
  if (ceremony.kind === "not") return refused(judgeAsked(ceremony.asked, now) ?? "used");
  const { challenge } = ceremony;
  const credentialId = bytesOf(answer.id);
  return { kind: "taken", taken: { answer, challenge, party, holder, credentialId } };
}

/**
 * Whose passkey an answer names, before anything of it is judged: whose account is to be locked.
 *
 * @returns null: nobody has it
 */
export async function ownerOfAnswer({ credentialId }: TakenAnswer): Promise<string | null> {
  return (await findPasskeyOf(database, credentialId))?.accountId ?? null;
}

/**
 * Judges an answer under the lock of the account (rows P4 to P12): of a passkey that was removed
 * meanwhile it is worth nothing. A right one is noted with what the passkey says of itself.
 *
 * @param accountId whose passkey it must be; null: nobody's, of which only what it says can be judged
 */
export async function judgeTaken(
  tx: Database,
  taken: TakenAnswer,
  accountId: string | null,
  now: Date,
): Promise<PasskeyVerdict> {
  const signed = await judgeSigning(taken);
  if (signed !== null) return refused(signed);
  const found = await findPasskeyOf(tx, taken.credentialId);
  const because = judgeKey(found && keyFacts(found, taken, accountId));
  if (found === null || because !== null) return refused(because ?? "unknown-key");
  const used = await verify(taken, found);
  if (used === null) return refused("wrong");
  const fell = counterFell(found.counter, used.newCounter);
  await notePasskeyUsed(tx, found.id, {
    counter: BigInt(used.newCounter),
    backedUp: used.credentialBackedUp,
    lastUsedAt: now,
    ...(fell ? { counterFellAt: now } : {}),
  });
  const { isSecondStep } = found;
  return { kind: "right", passkeyId: found.id, accountId: found.accountId, isSecondStep };
}

// Large, and needed by few: loaded the first time that somebody uses a passkey.
const library = () => import("@simplewebauthn/server");
const helpers = () => import("@simplewebauthn/server/helpers");

/** What speaks against an answer whosever it is; null: nothing. */
async function judgeSigning(taken: TakenAnswer): Promise<PasskeyRefusal | null> {
  const { challenge, party } = taken;
  const { clientDataJSON, authenticatorData } = taken.answer.response;
  const { parseAuthenticatorData } = await helpers();
  let by: SignedBy;
  try {
    by = parseAuthenticatorData(bytesOf(authenticatorData));
  } catch {
    return "malformed";
  }
  const signing = { type: "webauthn.get", isOffer: false, isKept: true, challenge, party } as const;
  const facts = signedFacts(clientDataJSON, by, signing);
  return facts === null ? "malformed" : judgeSigned(facts);
}

function keyFacts(
  found: FoundPasskey,
  { answer, holder, party }: TakenAnswer,
  accountId: string | null,
) {
  const { userHandle } = answer.response;
  const handle = found.account.passkeyHandle;
  const namesIt = handle !== null && Buffer.from(handle).toString("base64url") === userHandle;
  // Where the account is known before, browsers may leave the handle out (WebAuthn 3, 7.2, step 6).
  const mayOmit = holder.purpose !== "sign-in" && userHandle === undefined;
  const isAgreed = holder.purpose === "sign-in" ? found.signsIn : found.isSecondStep;
  return {
    isOfAccount: found.accountId === accountId && (namesIt || mayOmit),
    isAgreed: isAgreed && found.rpId === party.id,
  };
}

/** What a passkey says of itself by a right signature; null: the signature is wrong. */
async function verify({ answer, challenge, party }: TakenAnswer, { publicKey }: FoundPasskey) {
  const { verifyAuthenticationResponse } = await library();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: Buffer.from(challenge).toString("base64url"),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      // A counter that went back is noted, never refused (decision 0061): here it counts from nought.
      credential: { id: answer.id, publicKey: new Uint8Array(publicKey), counter: 0 },
      requireUserVerification: true,
    });
    return verified ? authenticationInfo : null;
  } catch {
    // The library throws for whatever no authenticator would send.
    return null;
  }
}
