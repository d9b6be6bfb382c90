import { db } from "@/lib/db/client";
import { type FailureReason, readFailureReason } from "@/lib/mail/rules/failure-reason";

/** An account and one of its addresses. */
type Warned = { accountId: string; recipient: string };

/** The mail that is to notify an owner of a sign-up and was not taken yet; null: none waits. */
export async function findWaitingWarning(warned: Warned): Promise<{ id: string } | null> {
  return db.mail.findFirst({
    where: {
      ...warned,
      kind: "already-have-account",
      challengeId: { not: null },
      state: "queued",
    },
    orderBy: { createdAt: "desc" },
    select: { id: true },
  });
}

/**
 * Makes a mail that was nobody's the one that notifies the owner, and the other one nobody's. Both
 * must be claimed.
 *
 * @returns false when the other one has been settled meanwhile
 */
export async function swapWarnings(fromId: string, toId: string): Promise<boolean> {
  const swapped = await db.$executeRaw`
    UPDATE mail m SET account_id = other.account_id, useful_until = other.useful_until
    FROM mail other
    WHERE m.id IN (${fromId}::uuid, ${toId}::uuid) AND other.id IN (${fromId}::uuid, ${toId}::uuid)
      AND other.id <> m.id AND m.state = 'queued' AND other.state = 'queued'`;
  return swapped === 2;
}

/** How a mail ended that was handed over; of a refusal why, as far as that is known. */
export type EndOfMail = { isRefused: boolean; failure: FailureReason; status: string | null };

/** How the newest mail ended that was handed over at an address of an account; null: none was. */
export async function findEndOfLastMail(warned: Warned): Promise<EndOfMail | null> {
  const ended = await db.mail.findFirst({
    where: {
      ...warned,
      state: { in: ["sent", "refused"] },
      // What was held back because its address is marked was handed to nobody.
      changes: { none: { source: "mark" } },
    },
    orderBy: { createdAt: "desc" },
    select: {
      state: true,
      changes: { where: { state: "refused", source: "hand-over" } },
    },
  });
  if (ended === null) return null;
  const [refusal] = ended.changes;
  return {
    isRefused: ended.state === "refused",
    failure: readFailureReason(refusal?.reason ?? null) ?? "other",
    status: refusal?.status ?? null,
  };
}

/** Whether a mail was made for an account at one address since then, other than one that was given up. */
export async function hasMailTo(
  tx: Pick<typeof db, "mail">,
  { since, ...warned }: Warned & { since: Date },
): Promise<boolean> {
  const filter = { ...warned, createdAt: { gt: since }, state: { not: "dropped" } };
  return (await tx.mail.findFirst({ where: filter, select: { id: true } })) !== null;
}
