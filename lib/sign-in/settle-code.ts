import { randomUUID } from "node:crypto";
import { activityPart } from "@/lib/account/change-store";
import { enqueueNotice, noticeParts } from "@/lib/account/enqueue-notice";
import type { Notice } from "@/lib/account/notice";
import { type CustomerNotification, noticeOf } from "@/lib/account/notify-customer";
import { isStaff } from "@/lib/account/roles";
import { browserZoneChanges } from "@/lib/account/store";
import {
  costParts,
  type JudgedCode,
  judgeCodeOf,
  rightParts,
  type TypedCodeVerdict,
} from "@/lib/challenge/judge-typed-code";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { judgedOwnerPart, type Part, writeTogether } from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
import { networkText } from "@/lib/network/network";
import { judgementPart, placeParts, sessionParts } from "@/lib/sign-in/store";
import { codeSecondsOf, type TypedPending } from "@/lib/sign-in/typed-pending-store";

/** A pending sign-in that a code was typed for. */
export type SignIn = Extract<TypedPending, { purpose: "sign-in" }>;

/** A code that was typed for a sign-in, and whether its network is trusted if it is right. */
export type TypedForSignIn = { typed: string; trust: boolean; client: Client };

/** What becomes of the code of a sign-in, or of its second factor. */
export type SettledCode =
  | Exclude<TypedCodeVerdict, { kind: "right" }>
  | { kind: "right"; sessionId: string; network: string | null };

/** By what a sign-in is let in, and the parts of a statement that use it up. */
export type LetInBy = {
  because: "code" | "factor";
  judgedBecause: "right-code" | "right-factor";
  /** Seconds from the first mail of a code until it was typed. */
  codeSeconds?: number;
  parts: Part[];
};

/** Where it is written: under the lock of the account, or before anything is locked. */
export type Held = { database: Database; isLocked: boolean };

/**
 * Judges the code of a sign-in (rules 3, 5, 6 and 9) and writes all that it leads to in one statement,
 * which asks whether the account is still as it was read.
 *
 * @returns null when it is not, or the sign-in has ended meanwhile, or a notice takes a lock; then nothing
 *   is written
 */
export async function settleCode(
  held: Held,
  request: TypedForSignIn,
  pending: SignIn,
  now: Date,
): Promise<SettledCode | null> {
  const typed = { text: request.typed, presentNetwork: networkKeyOf(request.client) };
  const judged = judgeCodeOf(pending, typed, now);
  const codeSeconds = codeSecondsOf(pending, now);
  const by: LetInBy = { because: "code", judgedBecause: "right-code", codeSeconds, parts: [] };
  return settleJudged(held, request, pending, judged, by, now);
}

/** Writes all that a judged answer of a sign-in leads to, as `settleCode` does. */
export async function settleJudged(
  held: Held,
  request: Omit<TypedForSignIn, "typed">,
  pending: SignIn,
  judged: JudgedCode,
  by: LetInBy,
  now: Date,
): Promise<SettledCode | null> {
  const { client } = request;
  const { verdict } = judged;
  switch (verdict.kind) {
    case "right":
      return letIn(held, request, pending, by, now);
    case "wrong":
    case "now-blocked": {
      const isBlocked = verdict.kind === "now-blocked";
      const because = isBlocked ? "blocked-by-wrong-codes" : "wrong-code";
      const parts = [
        judgedOwnerPart(judgedAccount(pending)),
        ...costParts(pending, judged, now),
        judgementPart({ verdict: "refused", because, client, now }),
      ];
      const notice = isBlocked
        ? noticeFor(pending, { ...verdict, kind: "sign-in-blocked", client, now })
        : null;
      return (await write(held, pending, parts, notice)) ? verdict : null;
    }
    default:
      return verdict;
  }
}

const judgedAccount = ({ accountId, accessVersion }: SignIn) => {
  if (accessVersion === null) throw new Error("A sign-in was found without its account.");
  return { accountId, accessVersion };
};

function noticeFor(pending: SignIn, notification: Omit<CustomerNotification, "notified">): Notice {
  const { accountId, email, account } = pending;
  const timeZone = account.timeZone ?? pending.timeZone;
  const notified = { accountId, email, locale: account.locale, timeZone };
  return noticeOf({ ...notification, notified }, pending);
}

/** What follows a right answer: the network that becomes trusted, and the session. */
async function letIn(
  held: Held,
  { trust, client }: Omit<TypedForSignIn, "typed">,
  pending: SignIn,
  by: LetInBy,
  now: Date,
): Promise<SettledCode | null> {
  const { browserId, account } = pending;
  // Staff are asked at every sign-in: a trusted network would be for nothing.
  const trusts = trust && !isStaff(account.role) && pending.knownBy === null;
  const network = trusts ? client.network : null;
  const sessionId = randomUUID();
  const judged = { account: judgedAccount(pending), also: zoneChanges(client) };
  const { parts: used, ...how } = by;
  const session = { ...how, verdict: "entered" } as const;
  const parts = [
    ...rightParts(pending, judged, now),
    ...used,
    ...(network === null ? [] : trustParts(network, client, now)),
    ...sessionParts(sessionId, { ...session, client, browserId, now }, { trusting: network }),
  ];
  const notice =
    network === null ? null : noticeFor(pending, { kind: "place-trusted", client, now });
  const written = await write(held, pending, parts, notice);
  return written ? { kind: "right", sessionId, network } : null;
}

const zoneChanges = ({ timeZone }: Client) =>
  timeZone === null ? [] : browserZoneChanges(timeZone);

function trustParts(network: string, client: Client, now: Date): Part[] {
  const about = { place: networkText(network) };
  return [
    ...placeParts({ network, because: "code", now }),
    activityPart({ kind: "place-trusted", about, client, now }),
  ];
}

/** Writes what was judged, and a notice of it: one that is gathered with others is written under the lock. */
async function write(
  { database, isLocked }: Held,
  { gatheredKinds }: SignIn,
  parts: Part[],
  notice: Notice | null,
): Promise<boolean> {
  if (notice === null) return writeTogether(database, parts);
  if (!gatheredKinds.includes(notice.kind)) {
    return writeTogether(database, [...parts, ...noticeParts(notice)]);
  }
  if (!isLocked || !(await writeTogether(database, parts))) return false;
  await enqueueNotice(database, notice);
  return true;
}
