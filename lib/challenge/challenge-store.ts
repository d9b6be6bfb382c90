import { MINUTES_TO_EXPLAIN } from "@/lib/challenge/rules/limits";
import {
  type Counted,
  type DoorPurpose,
  isOfAccount,
  isPurpose,
  type Purpose,
  purposes,
  type Whose,
} from "@/lib/challenge/rules/purposes";
import { withNetwork } from "@/lib/challenge/with-network";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import type { Database } from "@/lib/db/transaction";
import { Prisma, type Challenge as Row } from "@/lib/generated/prisma/client";
import { afterMinutes } from "@/lib/moments";

/** What a challenge keeps for those who carry on once its code is right; they alone read it. */
export type Payload = Prisma.InputJsonObject;

/** A challenge as it is made, whatever its purpose. */
export type NewChallenge = {
  whose: Whose;
  email: string;
  locale: string;
  client: Client;
  browserId: string;
  secretHash: Uint8Array<ArrayBuffer>;
  secretId: string;
  now: Date;
  lifetimeMinutes: number;
  /** What only some purposes have. */
  more: {
    registration?: Payload | null;
    sessionId?: string;
    request?: Payload;
    caseId?: string;
    /** What is read out to support. */
    reference?: string;
    callbackPath?: string | null;
  };
};

/** Stores a challenge whose first mail goes now; an account's counts among its codes. */
export async function storeChallenge(tx: Database, made: NewChallenge): Promise<Pending> {
  const { whose, client, now } = made;
  const { registration, request, ...more } = made.more;
  if (isOfAccount(whose)) {
    await tx.account.update({
      where: { id: whose.accountId },
      data: { codesSinceRight: { increment: 1 } },
    });
  }
  const row = await tx.challenge.create({
    data: {
      purpose: whose.purpose,
      accountId: whose.accountId,
      email: made.email,
      place: networkKeyOf(client),
      ip: client.ip,
      userAgent: client.userAgent,
      timeZone: client.timeZone,
      browserId: made.browserId,
      secretHash: made.secretHash,
      secretId: made.secretId,
      registration: registration ?? Prisma.JsonNull,
      wish: request,
      ...more,
      locale: made.locale,
      lastMailAt: now,
      createdAt: now,
      expiresAt: afterMinutes(now, made.lifetimeMinutes),
    },
  });
  return { ...withNetwork(row), ...whose };
}

/** A challenge with what its pages and mails need. */
export type Pending = Omit<Row, keyof Whose | "place"> & Whose & { network: string };

/** One that a browser holds by its cookie. */
export type DoorPending = Extract<Pending, { purpose: DoorPurpose }>;

const withAccount = { account: { select: { locale: true, timeZone: true, role: true } } };

type Found = Prisma.ChallengeGetPayload<{ include: typeof withAccount }>;

/** Null for a row that no purpose of ours fits. */
function asPending(found: Found | null): Pending | null {
  if (found === null || !isPurpose(found.purpose)) return null;
  const { purpose, accountId, account } = found;
  switch (purpose) {
    case "sign-in":
    case "widening":
      if (accountId === null || account === null) return null;
      return { ...withNetwork(found), purpose, accountId, account };
    case "sign-up":
      return { ...withNetwork(found), purpose, accountId, account };
    case "new-address":
      return { ...withNetwork(found), purpose, accountId: null, account: null };
  }
}

const isExplained = (now: Date) => ({ gt: afterMinutes(now, -MINUTES_TO_EXPLAIN) });

/** The cookie of a pending sign-in: which challenge, and the secret that proves the browser. */
export type PendingCookie = { id: string; secretHash: Uint8Array<ArrayBuffer> };

/** The challenge of this browser's cookie as long as it may still be explained, else null. */
export async function findPending(
  database: Database,
  cookie: PendingCookie,
  now: Date,
): Promise<DoorPending | null> {
  const { id, secretHash } = cookie;
  const found = await database.challenge.findFirst({
    where: { id, secretHash, expiresAt: isExplained(now) },
    include: withAccount,
  });
  const pending = asPending(found);
  return pending !== null && isOfDoor(pending) ? pending : null;
}

const isOfDoor = (pending: Pending): pending is DoorPending =>
  purposes[pending.purpose].heldBy === "cookie";

/** What holds a challenge that no cookie does: only the latest one of each counts. */
export type Holder =
  | { purpose: Extract<Purpose, "widening">; sessionId: string }
  | { purpose: Extract<Purpose, "new-address">; caseId: string };

/** The latest challenge of a holder as long as it may be explained; null: none, or taken back. */
export async function findHeld(
  database: Database,
  holder: Holder,
  now: Date,
): Promise<Pending | null> {
  const found = await database.challenge.findFirst({
    where: {
      ...holder,
      expiresAt: isExplained(now),
      OR: [{ endedBecause: null }, { endedBecause: { notIn: ["cancelled", "superseded"] } }],
    },
    orderBy: { createdAt: "desc" },
    include: withAccount,
  });
  return asPending(found);
}

/** How a challenge ends; what a sign-up has kept until then goes. */
const ended = (because: string, now: Date) => ({
  endedAt: now,
  endedBecause: because,
  registration: Prisma.JsonNull,
});

/** Ends what a holder has asked for before; true when a challenge was open. */
export async function endHeld(
  tx: Database,
  holder: Holder,
  because: "superseded" | "cancelled",
  now: Date,
): Promise<boolean> {
  const filter = { ...holder, endedAt: null };
  return (await tx.challenge.updateMany({ where: filter, data: ended(because, now) })).count > 0;
}

/** Uses an open challenge up; false when it had ended before. */
export async function consumeChallenge(tx: Database, id: string, now: Date): Promise<boolean> {
  const filter = { id, endedAt: null };
  return (await tx.challenge.updateMany({ where: filter, data: ended("used", now) })).count === 1;
}

/** Signing in again ends this browser's pending sign-in before it; true when one was open. */
export async function supersedePending(
  tx: Database,
  cookie: PendingCookie | null,
  now: Date,
): Promise<boolean> {
  if (cookie === null) return false;
  const filter = { id: cookie.id, secretHash: cookie.secretHash, endedAt: null };
  return (
    (await tx.challenge.updateMany({ where: filter, data: ended("superseded", now) })).count === 1
  );
}

/** Ends all open challenges that a block touches: of one purpose and subject, from one network. */
export async function endBlocked(
  tx: Database,
  blocked: Counted & { network: string },
  now: Date,
): Promise<void> {
  const { purpose, network } = blocked;
  const whose = isOfAccount(blocked) ? { accountId: blocked.accountId } : { email: blocked.email };
  await tx.challenge.updateMany({
    where: { ...whose, purpose, place: network, endedAt: null },
    data: ended("blocked", now),
  });
}

/** A right code of an account ends its run of codes without one. */
export async function resetCodesSinceRight(tx: Database, accountId: string): Promise<void> {
  await tx.account.update({ where: { id: accountId }, data: { codesSinceRight: 0 } });
}

/** Claims one more mail of an open challenge; false when another request was first. */
export async function claimResend(
  tx: Database,
  challenge: Pick<Pending, "id" | "mailsSent" | "lastMailAt">,
  now: Date,
): Promise<boolean> {
  const { id, mailsSent, lastMailAt } = challenge;
  const claimed = await tx.challenge.updateMany({
    where: { id, endedAt: null, expiresAt: { gt: now }, mailsSent, lastMailAt },
    data: { mailsSent: { increment: 1 }, lastMailAt: now },
  });
  return claimed.count === 1;
}

/** When the first mail with a challenge's code had left; null: none has, or that is not known yet. */
export async function findCodeSentAt(
  tx: Database,
  challenge: { id: string },
): Promise<Date | null> {
  const { id: challengeId } = challenge;
  const first = await tx.mail.findFirst({
    where: { challengeId, sentAt: { not: null } },
    orderBy: { sentAt: "asc" },
    select: { sentAt: true },
  });
  return first?.sentAt ?? null;
}

/** The mails of a challenge, the newest first, as far as each has come. */
export async function findChallengeMails(
  database: Database,
  challenge: { id: string },
): Promise<{ recipient: string; state: string; attempts: number; createdAt: Date }[]> {
  const { id: challengeId } = challenge;
  return database.mail.findMany({
    where: { challengeId },
    orderBy: { createdAt: "desc" },
    select: { recipient: true, state: true, attempts: true, createdAt: true },
  });
}
