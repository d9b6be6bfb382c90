import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { findFactors } from "@/lib/factors/factors-store";
import { readTypedFactor } from "@/lib/factors/rules/typed-factor";
import {
  appUri,
  judgeAppCode,
  newAppKey,
  openAppKey,
  sealAppKey,
  spokenKey,
} from "@/lib/factors/totp";
import { afterMinutes } from "@/lib/moments";
import { readFactorName } from "@/lib/two-step/factor-name";
import { type QrPicture, qrPicture } from "@/lib/two-step/qr-code";
import { APPS_AT_MOST, PENDING_APP_MINUTES } from "@/lib/two-step/rules/limits";
import { findPendingApp, notePendingAppProven, replacePendingApp } from "@/lib/two-step/store";
import type { NameError } from "@/lib/typed/typed-name";

/**
 * Makes the key of another authenticator app, which the session that asks may turn on within minutes. It
 * replaces the one that session was adding.
 */
export function beginApp(actor: Actor): Promise<{ kind: "begun" | "too-many" | "signed-out" }> {
  const { id: sessionId, accountId } = actor.session;
  return asCustomer(actor, async (tx, now) => {
    const { apps } = await findFactors(tx, accountId);
    if (apps.length >= APPS_AT_MOST) return { kind: "too-many" };
    const id = randomUUID();
    const sealedKey = sealAppKey(id, newAppKey());
    await replacePendingApp(tx, { id, accountId, sessionId, sealedKey, now });
    return { kind: "begun" };
  });
}

/** What the page of an app that is being added shows; nothing of it may be kept anywhere. */
export type AddingApp = {
  /** The `otpauth:` address. */
  uri: string;
  /** The key in groups of four. */
  key: string;
  qr: QrPicture;
  until: Date;
};

/** Reads the app that a session is adding, for its page; null: none, or its time is over. */
export async function readAddingApp(session: Actor["session"]): Promise<AddingApp | null> {
  const pending = await findPendingApp(database, session.id, readClock());
  const key = pending && openAppKey(pending.id, pending.sealedKey);
  if (pending === null || key === null) return null;
  const uri = appUri(key, { account: session.account.email, brand: env().brand.name });
  const until = afterMinutes(pending.createdAt, PENDING_APP_MINUTES);
  return { uri, key: spokenKey(key), qr: qrPicture(uri), until };
}

/** What becomes of the name and the code of an app that is being added. */
export type ProvenApp =
  | { kind: "proven"; appId: string; name: string }
  | { kind: "invalid"; errors: { name?: NameError; code?: AppCodeError } }
  /** Its time is over, or another one was begun: the page explains it. */
  | { kind: "over" | "signed-out" };

export type AppCodeError = "appCodeMissing" | "appCodeNotSixDigits" | "appCodeWrong";

/**
 * Judges the code of an app that is being added: whoever adds it sees its key, so that guesses are worth
 * nothing and cost nothing. The app counts for nothing before it is turned on (`turnOnApp`).
 */
export function proveApp(actor: Actor, typed: { name: string; code: string }): Promise<ProvenApp> {
  const { name, error } = readFactorName(typed.name);
  return asCustomer(actor, async (tx, now): Promise<ProvenApp> => {
    const pending = await findPendingApp(tx, actor.session.id, now);
    const key = pending && openAppKey(pending.id, pending.sealedKey);
    if (pending === null || key === null) return { kind: "over" };
    const read = readTypedFactor(typed.code);
    const app = { key, lastStep: null };
    const code = read?.kind === "app" ? judgeAppCode(app, read.digits, now) : null;
    if (code?.kind === "right" && error === undefined) {
      await notePendingAppProven(tx, pending.id, code.step);
      return { kind: "proven", appId: pending.id, name };
    }
    const codeError = code === null ? shapeError(typed.code) : "appCodeWrong";
    return {
      kind: "invalid",
      errors: {
        ...(error && { name: error }),
        ...(code?.kind === "right" ? {} : { code: codeError }),
      },
    };
  });
}

const shapeError = (typed: string): AppCodeError =>
  typed.trim() === "" ? "appCodeMissing" : "appCodeNotSixDigits";
