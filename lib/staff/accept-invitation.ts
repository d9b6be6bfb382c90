import { recordChange } from "@/lib/account/record-change";
import type { Client } from "@/lib/client/client";
import { readClock } from "@/lib/clock";
import { lockStaff, type RoleHolder } from "@/lib/colleagues/store";
import { lockSubject } from "@/lib/db/locks";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { findInvited, type Invited } from "@/lib/staff/find-invited";
import { giveRole } from "@/lib/staff/give-role";
import { endInvitation } from "@/lib/staff/invitation-store";
import { recordJoining } from "@/lib/staff/record-joining";

/** What becomes of a press on "Accept invitation" for an account that exists. */
export type AcceptOutcome =
  | { kind: "joined" }
  /** The page says what became of the invitation. */
  | { kind: "over" }
  /** The address has no account any more, or another one: the page shows what is so now. */
  | { kind: "outdated" };

/**
 * Gives the account of an invitation's address its role. Nobody is signed in by that: the sign-in that
 * follows asks for a code, as every one of staff.
 *
 * @param client who presses, who reads the mailbox
 */
export async function acceptInvitation(
  token: string | null,
  client: Client,
): Promise<AcceptOutcome> {
  const now = readClock();
  const first = await findInvited(database, token, now);
  if (first?.verdict.kind === "for-newcomer") return { kind: "outdated" };
  if (first?.verdict.kind !== "for-account" || first.account === null) return { kind: "over" };
  const { id: accountId } = first.account;
  const outcome = await inTransaction(async (tx): Promise<AcceptOutcome> => {
    await lockSubject(tx, accountId);
    await lockStaff(tx);
    const found = await findInvited(tx, token, now);
    if (found?.verdict.kind === "for-newcomer") return { kind: "outdated" };
    if (found?.verdict.kind !== "for-account" || found.account === null) return { kind: "over" };
    if (found.account.id !== accountId) return { kind: "outdated" };
    await join(tx, found, found.account, client, now);
    return { kind: "joined" };
  });
  log.info({ accountId, outcome: outcome.kind }, "invitation to the staff accepted");
  return outcome;
}

async function join(
  tx: Database,
  { invitation }: Invited,
  account: RoleHolder,
  client: Client,
  now: Date,
): Promise<void> {
  const { id: accountId } = account;
  const { role } = invitation;
  await endInvitation(tx, invitation.id, "accepted", now);
  await giveRole(tx, accountId, role, now);
  await recordChange(tx, {
    kind: "role-changed",
    notified: { ...account, accountId },
    client,
    now,
    about: { role },
  });
  await recordJoining(tx, { accountId, invitation, client, now });
}
