/** What a browser may be asked for a passkey for. */
export const ceremonyPurposes = [
  "add",
  "offer",
  "sign-in",
  "second-step",
  "confirm",
  "not-me",
] as const;

export type CeremonyPurpose = (typeof ceremonyPurposes)[number];

/** Why an answer is not taken; each has its sentence. */
export const passkeyRefusals = [
  "malformed",
  "not-asked",
  "used",
  "expired",
  "other-origin",
  "other-domain",
  "not-verified",
  "not-kept",
  "unknown-key",
  "other-account",
  "not-agreed",
  "wrong",
] as const;

export type PasskeyRefusal = (typeof passkeyRefusals)[number];

/** What was asked, as it stands when its answer comes; null: nothing of this browser and purpose. */
export type AskedFacts = { usedAt: Date | null; expiresAt: Date } | null;

/** Rows P1 to P3: whether the answer is to something that was asked, now and for the first time. */
export function judgeAsked(asked: AskedFacts, now: Date): PasskeyRefusal | null {
  if (asked === null) return "not-asked";
  if (asked.usedAt !== null) return "used";
  if (asked.expiresAt <= now) return "expired";
  return null;
}

/** What an authenticator says of where, for whom and how it signed. */
export type SignedFacts = {
  /** Whether it signed what was asked, and for this very act. */
  isChallenge: boolean;
  isOurOrigin: boolean;
  isOurDomain: boolean;
  isPresent: boolean;
  isVerified: boolean;
  /** Whether a browser made it by itself, with nobody asked to touch anything (WebAuthn 3, 5.1.3). */
  isOffer: boolean;
  /** Of a new passkey: false where it is kept nowhere that a sign-in would find it. */
  isKept: boolean;
};

/** Rows P4 to P8. */
export function judgeSigned(signed: SignedFacts): PasskeyRefusal | null {
  if (!signed.isChallenge) return "not-asked";
  if (!signed.isOurOrigin) return "other-origin";
  if (!signed.isOurDomain) return "other-domain";
  if (!signed.isOffer && !(signed.isPresent && signed.isVerified)) return "not-verified";
  if (!signed.isKept) return "not-kept";
  return null;
}

/** The passkey that an answer names, as far as it may be judged; null: nobody has it. */
export type KeyFacts = {
  /** Whether it is of the account that is asked, and the answer's handle names that account too. */
  isOfAccount: boolean;
  /** Whether its owner agreed to what it is used for. */
  isAgreed: boolean;
} | null;

/** Rows P9 to P11; whether the signature is right is seen last (P12). */
export function judgeKey(key: KeyFacts): PasskeyRefusal | null {
  if (key === null) return "unknown-key";
  if (!key.isOfAccount) return "other-account";
  if (!key.isAgreed) return "not-agreed";
  return null;
}

/** Whether a counter went back: the passkey is used in two places. Zero counts nothing. */
export const counterFell = (before: bigint, now: number): boolean =>
  (before > 0n || now > 0) && BigInt(now) <= before;
