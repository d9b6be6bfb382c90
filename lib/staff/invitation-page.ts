import type { StaffRole } from "@/lib/account/roles";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { findInvited } from "@/lib/staff/find-invited";
import type { InvitationEnd } from "@/lib/staff/rules/judge-invitation";

/** What the page of an invitation shows before its button is pressed. */
export type InvitationPage =
  /** Nothing we have made. */
  | { kind: "dead" }
  | { kind: InvitationEnd; until: Date }
  | {
      kind: "for-account" | "for-newcomer";
      email: string;
      role: StaffRole;
      until: Date;
      /** Of the account, if there is one; null: the installation's. */
      timeZone: string | null;
    };

/** Reads an invitation for its page. Changes nothing: mail scanners open links too. */
export async function readInvitationPage(token: string | null): Promise<InvitationPage> {
  const found = await findInvited(database, token, readClock());
  if (found === null) return { kind: "dead" };
  const { invitation, account, verdict } = found;
  const { email, role, expiresAt: until } = invitation;
  if (verdict.kind !== "for-account" && verdict.kind !== "for-newcomer") {
    return { kind: verdict.kind, until };
  }
  return { kind: verdict.kind, email, role, until, timeZone: account?.timeZone ?? null };
}
