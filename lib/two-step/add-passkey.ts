import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { recordOwnChange } from "@/lib/account/record-change";
import type { Database } from "@/lib/db/transaction";
import { findFactors, hasFactor } from "@/lib/factors/factors-store";
import { heldBySession } from "@/lib/passkeys/held-by-session";
import {
  judgeNewPasskey,
  type MadePasskey,
  type SentAnswer,
} from "@/lib/passkeys/judge-new-passkey";
import { findPasskeyOf, findPasskeys, storePasskey } from "@/lib/passkeys/passkey-store";
import type { PasskeyRefusal } from "@/lib/passkeys/rules/judge-answer";
import { PASSKEYS_PER_ACCOUNT } from "@/lib/passkeys/rules/limits";
import { bytesOf } from "@/lib/passkeys/signed-facts";
import { type Consents, nameConsents } from "@/lib/two-step/rules/judge-consents";
import { proveFactor } from "@/lib/two-step/store";

/** A passkey that was judged, as a request keeps it: its bytes as base64url. */
export type KeptPasskey = Omit<MadePasskey, "credentialId" | "publicKey" | "counter"> & {
  credentialId: string;
  publicKey: string;
  counter: number;
};

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");

/** Makes of a passkey what can wait for a code. */
export const keptPasskey = (passkey: MadePasskey): KeptPasskey => ({
  ...passkey,
  credentialId: text(passkey.credentialId),
  publicKey: text(passkey.publicKey),
  counter: Number(passkey.counter),
});

/** What became of a passkey that was to be added. `passkey-known`: an account has it. */
export type PasskeyAdded =
  | { kind: "passkey-added"; name: string; needsCodes: boolean }
  | { kind: "passkey-known" | "passkey-too-many" };

/**
 * Adds a passkey that a browser made for this account and that was judged, in the caller's transaction and
 * under the lock of the account. Where it is a second step, whoever holds the session has proven one.
 */
export async function addPasskey(
  tx: Database,
  actor: Actor,
  { passkey, signsIn, isSecondStep }: Consents & { passkey: KeptPasskey },
  now: Date,
): Promise<PasskeyAdded> {
  const { id: sessionId, accountId } = actor.session;
  const made = {
    ...passkey,
    credentialId: bytesOf(passkey.credentialId),
    publicKey: bytesOf(passkey.publicKey),
    counter: BigInt(passkey.counter),
  };
  if ((await findPasskeyOf(tx, made.credentialId)) !== null) return { kind: "passkey-known" };
  const others = await findPasskeys(tx, accountId);
  if (others.length >= PASSKEYS_PER_ACCOUNT) return { kind: "passkey-too-many" };
  const isFirst = isSecondStep && !(await hasFactor(tx, accountId));
  const factorId = await storePasskey(tx, {
    ...made,
    signsIn,
    isSecondStep,
    accountId,
    sessionId,
    createdAt: now,
  });
  const { name } = made;
  const may = nameConsents({ signsIn, isSecondStep });
  const about = { what: "passkey", name, may } as const;
  const undo = { kind: "factor", what: "passkey", factorId, isFirst } as const;
  await recordOwnChange(tx, actor, { kind: "factor-added", now, about, undo });
  if (!isSecondStep) return { kind: "passkey-added", name, needsCodes: false };
  await proveFactor(tx, sessionId, now);
  const { recoveryCodesLeft } = await findFactors(tx, accountId);
  return { kind: "passkey-added", name, needsCodes: recoveryCodesLeft === 0 };
}

/** What becomes of a passkey that a browser made by itself. */
export type KeptOutcome =
  | { kind: "kept" | "passkey-known" | "passkey-too-many" | "signed-out" }
  | { kind: "refused"; because: PasskeyRefusal };

/** Judges a passkey that a browser made by itself, and keeps it. */
export async function keepMadePasskey(actor: Actor, sent: SentAnswer): Promise<KeptOutcome> {
  const made = await judgeNewPasskey(sent, heldBySession(actor, "offer"));
  if (made.kind === "refused") return made;
  return asCustomer(actor, (tx, now) => keepOffered(tx, actor, made.passkey, now));
}

/**
 * Keeps a passkey that a browser made by itself, in the caller's transaction and under the lock of the account.
 * It opens nothing until its owner says what it may do, so it asks for nothing; its owner is notified of it.
 */
export async function keepOffered(
  tx: Database,
  actor: Actor,
  made: MadePasskey,
  now: Date,
): Promise<{ kind: "kept" | "passkey-known" | "passkey-too-many" }> {
  const { accountId } = actor.session;
  if ((await findPasskeyOf(tx, made.credentialId)) !== null) return { kind: "passkey-known" };
  const others = await findPasskeys(tx, accountId);
  if (others.length >= PASSKEYS_PER_ACCOUNT) return { kind: "passkey-too-many" };
  const nothing = { signsIn: false, isSecondStep: false };
  const factorId = await storePasskey(tx, { ...made, ...nothing, accountId, createdAt: now });
  const about = { what: "passkey", name: made.name, may: nameConsents(nothing) } as const;
  const undo = { kind: "factor", what: "passkey", factorId, isFirst: false } as const;
  await recordOwnChange(tx, actor, { kind: "passkey-made", now, about, undo });
  return { kind: "kept" };
}
