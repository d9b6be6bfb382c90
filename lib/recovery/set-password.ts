import { emptyCounts, hashedAddress } from "@/lib/rate-limit/rate-window";
import { endPendingSignIns, endResets, endSessions, storePassword } from "@/lib/recovery/store";
import type { Client } from "@/lib/sign-in/client";
import { sendNotice } from "@/lib/sign-in/notice-mail";
import type { Database } from "@/lib/sign-in/store";

/** Whose password is set, with what its mail needs. */
export type PasswordOwner = { id: string; email: string; locale: string; timeZone: string | null };

/**
 * Sets a new password and carries out what follows from it, in the caller's transaction and under
 * the lock of the account: sessions, pending sign-ins and open links end, the account's own counts
 * start afresh, the customer is told. Blocks and counts of wrong codes stay (contract, "Settled").
 *
 * @param sessions which sessions end: all, all but one, or none
 */
export async function setPassword(
  tx: Database,
  owner: PasswordOwner,
  passwordHash: string,
  sessions: { end: "all" } | { end: "all-but"; sessionId: string } | { end: "none" },
  client: Client,
  at: Date,
): Promise<void> {
  await storePassword(tx, { accountId: owner.id, passwordHash, now: at });
  if (sessions.end !== "none") {
    await endSessions(tx, owner.id, sessions.end === "all" ? null : sessions.sessionId, at);
  }
  await endPendingSignIns(tx, owner.id, at);
  await endResets(tx, owner.id, at);
  await emptyCounts(tx, [hashedAddress(owner.email)]);
  await sendNotice(tx, "password-changed", { ...owner, accountId: owner.id }, client, at);
}
