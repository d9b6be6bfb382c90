import { randomUUID } from "node:crypto";
import type { PendingEnd } from "@/lib/access/rules/causes";
import { activityPart } from "@/lib/account/change-store";
import { isStaff } from "@/lib/account/roles";
import { storeBrowserZone } from "@/lib/account/store";
import { isAnother, judgeTypedCode } from "@/lib/challenge/judge-typed-code";
import type { PendingCookie } from "@/lib/challenge/pending-store";
import type { Block } from "@/lib/challenge/rules/code-attempts";
import { withPending } from "@/lib/challenge/with-pending";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { ownerPart, writeTogether } from "@/lib/db/together";
import { type Database, database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { type Held, type SettledCode, type SignIn, settleCode } from "@/lib/sign-in/settle-code";
import { settleFactor } from "@/lib/sign-in/settle-factor";
import { placeParts, sessionParts } from "@/lib/sign-in/store";
import {
  codeSecondsOf,
  findTypedPending,
  type TypedPending,
} from "@/lib/sign-in/typed-pending-store";
import { createAccount } from "@/lib/sign-up/create-account";
import { maskEmail } from "@/lib/typed/mask-email";

/** What becomes of a typed code. Only `wrong` and a new block cost an attempt. */
export type VerifyOutcome =
  | {
      kind: "right";
      accountId: string;
      sessionId: string;
      callbackPath: string | null;
      locale: string;
      /** Whether its network is known from now on, or is asked again: always, because that was chosen, or staff's. */
      place: "known" | "unknown" | "always" | "of-staff";
      hasFactor: boolean;
    }
  | { kind: "not-a-code" }
  | { kind: "wrong"; attemptsLeft: number }
  | { kind: "no-pending" }
  | { kind: "used" }
  | { kind: "superseded" }
  | { kind: "password-changed" }
  | { kind: "shut-out"; because: PendingEnd }
  | { kind: "expired" }
  | { kind: "block-over" }
  | { kind: "network-changed" }
  | { kind: "address-taken" }
  | ({
      kind: "blocked";
      purpose: "sign-in" | "sign-up";
      maskedEmail: string;
      ip: string | null;
    } & Block);

/** A code as typed, with the cookie of the pending sign-in it is for. */
export type TypedCode = {
  typed: string;
  cookie: PendingCookie | null;
  /** Which pending sign-in the page showed; another one means that a newer sign-in replaced it. */
  shown: string | null;
  /** Whether a sign-in's network is trusted from now on, or its code counts only this once; trusted if left out. */
  trust?: boolean;
  client: Client;
};

/**
 * Judges a typed code (rules 3, 5, 6 and 9): counts the try, compares, and a right one is consumed,
 * trusts the network and begins the session.
 */
export async function verifyCode(request: TypedCode): Promise<VerifyOutcome> {
  const outcome = await judgeAndCarryOut(request);
  log.info({ network: networkKeyOf(request.client), outcome: outcome.kind }, "code judged");
  return outcome;
}

function judgeAndCarryOut(request: TypedCode): Promise<VerifyOutcome> {
  const { client, shown } = request;
  return withPending<VerifyOutcome, TypedPending>(request.cookie, findTypedPending(client), {
    first: (found, now) => {
      if (isAnother(found, shown)) return { kind: "superseded" };
      if (found.purpose === "sign-up" || found.asks === "factor") return null;
      return judgeSignIn({ database, isLocked: false }, request, found, now);
    },
    locked: async (tx, pending, now) => {
      if (pending.purpose === "sign-up") return judgeSignUp(tx, request, pending, now);
      if (pending.asks === "factor") return judgeFactor(tx, request, pending, now);
      const held = { database: tx, isLocked: true };
      // Whoever signs in to another account in this browser ends it without this lock.
      return (await judgeSignIn(held, request, pending, now)) ?? { kind: "used" };
    },
  });
}

/** Null: the account has to be locked first, and the code judged again. */
async function judgeSignIn(
  held: Held,
  { typed, trust = true, client }: TypedCode,
  pending: SignIn,
  now: Date,
): Promise<VerifyOutcome | null> {
  const settled = await settleCode(held, { typed, trust, client }, pending, now);
  if (settled?.kind !== "right") return settled && outcomeOf(settled, pending);
  return entered(settled, pending);
}

/** Judges what was typed for a second factor; right ones of apps and recovery codes are used up. */
async function judgeFactor(
  tx: Database,
  { typed, trust = true, client }: TypedCode,
  pending: SignIn,
  now: Date,
): Promise<VerifyOutcome> {
  const settled = await settleFactor(tx, { typed, trust, client }, pending, now);
  if (settled === null) return { kind: "used" };
  if (settled.kind !== "right") return outcomeOf(settled, pending);
  return entered(settled, pending);
}

/** What is answered to a sign-in that was let in. */
export function entered(
  { sessionId, network }: { sessionId: string; network: string | null },
  { accountId, account, asks, callbackPath, knownBy }: SignIn,
): VerifyOutcome {
  const { locale } = account;
  const hasFactor = asks === "factor";
  const signedIn = {
    kind: "right",
    accountId,
    sessionId,
    callbackPath,
    locale,
    hasFactor,
  } as const;
  return { ...signedIn, place: placeAfter(account, network, knownBy) };
}

function placeAfter({ role }: SignIn["account"], network: string | null, knownBy: string | null) {
  if (isStaff(role)) return "of-staff";
  if (network !== null) return "known";
  // Only who chose to be asked always is asked where a trusted place or browser is known.
  return knownBy === null ? "unknown" : "always";
}

/** A right code makes the account, trusts its network and begins the session. */
async function judgeSignUp(
  tx: Database,
  { typed, client }: TypedCode,
  pending: Extract<TypedPending, { purpose: "sign-up" }>,
  now: Date,
): Promise<VerifyOutcome> {
  const presentNetwork = networkKeyOf(client);
  const verdict = await judgeTypedCode(tx, pending, { text: typed, presentNetwork }, now);
  if (verdict.kind !== "right") return outcomeOf(verdict, pending);
  const accountId = await createAccount(tx, pending, now);
  if (accountId === null) return { kind: "address-taken" };
  const { browserId, callbackPath, locale } = pending;
  const { network, timeZone } = client;
  const because = "sign-up";
  const sessionId = randomUUID();
  const session = { because, verdict: "entered", judgedBecause: because } as const;
  const codeSeconds = codeSecondsOf(pending, now);
  await writeTogether(tx, [
    ownerPart(accountId),
    ...(network === null ? [] : placeParts({ network, because, now })),
    activityPart({ kind: "account-created", about: {}, client, now }),
    ...sessionParts(
      sessionId,
      { ...session, codeSeconds, client, browserId, now },
      { trusting: network },
    ),
  ]);
  if (timeZone !== null) await storeBrowserZone(tx, accountId, timeZone);
  const place = network === null ? "unknown" : "known";
  const hasFactor = false;
  return { kind: "right", accountId, sessionId, callbackPath, locale, place, hasFactor };
}

/** What is answered to a code that is not right: a block says of what. */
export function outcomeOf(
  verdict: Exclude<SettledCode, { kind: "right" }>,
  { purpose, email, ip }: TypedPending,
): VerifyOutcome {
  if (verdict.kind !== "now-blocked" && verdict.kind !== "blocked") return verdict;
  const blocked = { ...verdict, kind: "blocked" } as const;
  return { ...blocked, purpose, maskedEmail: maskEmail(email), ip };
}
