import type { BlockCause } from "@/lib/challenge/rules/code-attempts";
import { MINUTES_TO_EXPLAIN, WRONG_ATTEMPT_MEMORY_MINUTES } from "@/lib/challenge/rules/limits";
import { Prisma } from "@/lib/generated/prisma/client";
import type { Client } from "@/lib/sign-in/client";
import { afterMinutes } from "@/lib/sign-in/rules/limits";
import type { Database } from "@/lib/sign-in/store";
import type { Wish } from "@/lib/widening/wish";

/** What a pending sign-up keeps until its account exists. */
export type Registration = { name: string; passwordHash: string };

/** A challenge as it is made. */
export type NewChallenge = {
  purpose: "sign-in" | "sign-up" | "widening" | "new-address";
  accountId: string | null;
  email: string;
  place: string;
  client: Client;
  browserId: string;
  secretHash: Uint8Array<ArrayBuffer>;
  secretId: string;
  registration: Registration | null;
  /** Of a widening: the session that asks, and what for. */
  sessionId?: string;
  wish?: Wish;
  /** Of a new-address: the case it is for. */
  caseId?: string;
  /** Of a sign-in: what is read out to support. */
  reference?: string;
  locale: string;
  callbackPath: string | null;
  now: Date;
  lifetimeMinutes: number;
};

/** Stores a challenge whose first mail goes now; an account's counts among its codes. */
export async function storeChallenge(tx: Database, made: NewChallenge) {
  if (made.purpose !== "sign-up" && made.accountId !== null) {
    await tx.account.update({
      where: { id: made.accountId },
      data: { codesSinceRight: { increment: 1 } },
    });
  }
  return tx.challenge.create({
    data: {
      purpose: made.purpose,
      accountId: made.accountId,
      email: made.email,
      place: made.place,
      ip: made.client.ip,
      userAgent: made.client.userAgent,
      browserId: made.browserId,
      secretHash: made.secretHash,
      secretId: made.secretId,
      registration: made.registration ?? Prisma.JsonNull,
      sessionId: made.sessionId,
      wish: made.wish,
      caseId: made.caseId,
      reference: made.reference,
      locale: made.locale,
      callbackPath: made.callbackPath,
      lastMailAt: made.now,
      createdAt: made.now,
      expiresAt: afterMinutes(made.now, made.lifetimeMinutes),
    },
  });
}

/** The cookie of a pending sign-in: which challenge, and the secret that proves the browser. */
export type PendingCookie = { id: string; secretHash: Uint8Array<ArrayBuffer> };

/** The challenge of this browser's cookie as long as it may still be explained, else null. */
export async function findPending(database: Database, cookie: PendingCookie, now: Date) {
  const challenge = await database.challenge.findFirst({
    where: {
      id: cookie.id,
      secretHash: cookie.secretHash,
      expiresAt: { gt: afterMinutes(now, -MINUTES_TO_EXPLAIN) },
    },
    include: { account: { select: { locale: true, timeZone: true, role: true } } },
  });
  return challenge;
}

/** A challenge with what its pages and mails need. */
export type Pending = NonNullable<Awaited<ReturnType<typeof findPending>>>;

/** The subject under which an address gets an account of its own: nobody else does so at that moment. */
export const signUpSubject = (email: string) => `sign-up:${email}`;

/** The subject that attempts, blocks and locks of a challenge go by. */
export function subjectOf(challenge: { accountId: string | null; email: string; purpose: string }) {
  const { accountId, email, purpose } = challenge;
  if (purpose === "new-address") return `new-address:${email}`;
  if (purpose === "sign-up" || accountId === null) return signUpSubject(email);
  return purpose === "widening" ? `widening:${accountId}` : accountId;
}

/** A sign-up with an address that has an account is asked like any other, but no code is right. */
export function isDecoy(challenge: { accountId: string | null; purpose: string }): boolean {
  return challenge.purpose === "sign-up" && challenge.accountId !== null;
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

/** Ends an open challenge; false when it had ended before. */
export async function endChallenge(
  tx: Database,
  challengeId: string,
  because: "used" | "superseded",
  now: Date,
): Promise<boolean> {
  const ended = await tx.challenge.updateMany({
    where: { id: challengeId, endedAt: null },
    data: { endedAt: now, endedBecause: because, registration: Prisma.JsonNull },
  });
  return ended.count === 1;
}

/** Signing in again ends this browser's pending sign-in before it; true when one was open. */
export async function supersedePending(
  tx: Database,
  cookie: PendingCookie | null,
  now: Date,
): Promise<boolean> {
  if (cookie === null) return false;
  const ended = await tx.challenge.updateMany({
    where: { id: cookie.id, secretHash: cookie.secretHash, endedAt: null },
    data: { endedAt: now, endedBecause: "superseded", registration: Prisma.JsonNull },
  });
  return ended.count === 1;
}

/** What is on record about wrong codes for a subject from a place. */
export function findAttempts(database: Database, subject: string, place: string) {
  return database.codeAttempts.findUnique({ where: { subject_place: { subject, place } } });
}

/**
 * Counts a try before it is compared, starting afresh where rule 6 forgets the earlier ones.
 *
 * @returns tries that count, this one included; null while a block holds
 */
export async function countTry(tx: Database, subject: string, place: string, now: Date) {
  const forgotten = afterMinutes(now, -WRONG_ATTEMPT_MEMORY_MINUTES);
  const rows = await tx.$queryRaw<{ wrong: number }[]>`
    INSERT INTO code_attempts AS t (subject, place, wrong, last_wrong_at)
    VALUES (${subject}, ${place}, 1, ${now})
    ON CONFLICT (subject, place) DO UPDATE SET
      wrong = CASE WHEN t.blocked_until IS NOT NULL OR t.last_wrong_at <= ${forgotten}::timestamptz
        THEN 1 ELSE t.wrong + 1 END,
      last_wrong_at = excluded.last_wrong_at,
      blocked_at = NULL, blocked_until = NULL, block_because = NULL, block_reference = NULL
    WHERE t.blocked_until IS NULL OR t.blocked_until <= ${now}
    RETURNING wrong`;
  return rows[0]?.wrong ?? null;
}

/** Starts a block and ends every pending sign-in it touches. */
export async function storeBlock(
  tx: Database,
  block: {
    challenge: Pick<Pending, "accountId" | "email" | "purpose" | "place">;
    until: Date;
    reference: string;
    now: Date;
  },
): Promise<void> {
  const { challenge, until, reference, now } = block;
  const subject = subjectOf(challenge);
  await tx.codeAttempts.update({
    where: { subject_place: { subject, place: challenge.place } },
    data: {
      blockedAt: now,
      blockedUntil: until,
      blockBecause: "wrong-codes" satisfies BlockCause,
      blockReference: reference,
    },
  });
  await tx.challenge.updateMany({
    where: {
      ...(challenge.purpose === "sign-up" || challenge.purpose === "new-address"
        ? { email: challenge.email }
        : { accountId: challenge.accountId }),
      purpose: challenge.purpose,
      place: challenge.place,
      endedAt: null,
    },
    data: { endedAt: now, endedBecause: "blocked", registration: Prisma.JsonNull },
  });
}

/** A right code resets the counts. */
export async function forgetAttempts(tx: Database, subject: string, place: string): Promise<void> {
  await tx.codeAttempts.deleteMany({ where: { subject, place } });
}

/** Claims one more mail of an open challenge; false when another request was first. */
export async function claimResend(
  tx: Database,
  challenge: Pick<Pending, "id" | "mailsSent" | "lastMailAt">,
  now: Date,
): Promise<boolean> {
  const claimed = await tx.challenge.updateMany({
    where: {
      id: challenge.id,
      endedAt: null,
      expiresAt: { gt: now },
      mailsSent: challenge.mailsSent,
      lastMailAt: challenge.lastMailAt,
    },
    data: { mailsSent: { increment: 1 }, lastMailAt: now },
  });
  return claimed.count === 1;
}
