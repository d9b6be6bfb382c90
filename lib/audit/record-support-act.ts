import type { MailedAct, UnmailedAct } from "@/lib/account/acts";
import { storeActivity } from "@/lib/account/change-store";
import { type NotifiedAccount, notifyCustomer } from "@/lib/account/notify-customer";
import type { Undo } from "@/lib/account/rules/notified-of";
import type { StaffMember } from "@/lib/account/staff-member";
import { type Audit, recordAudit } from "@/lib/audit/record-audit";
import { type Client, nobody } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import type { About } from "@/lib/mail/facts";

/** Something support did to an account, as it is recorded and notified. */
export type SupportAct = {
  act: MailedAct;
  /** For the audit log alone. */
  details?: Audit["details"];
  notified: NotifiedAccount;
  /** Why, in the staff member's words; the customer reads it too. */
  reason: string;
  about?: About;
  /** Whose request it is about, such as a pending sign-in's; left out: nobody's but support's. */
  client?: Client;
  until?: Date;
  undo?: Undo;
  now: Date;
};

/**
 * Records what support did to an account, in the transaction of the act itself: every confirmed address
 * is mailed, the account's activities and the audit log have it. Call it last, as `recordAudit`.
 */
export async function recordSupportAct(
  tx: Database,
  staff: StaffMember,
  done: SupportAct,
): Promise<void> {
  const { act: kind, details, notified, reason, client = nobody, until, undo, now } = done;
  const about = { ...done.about, reason };
  await storeActivity(tx, { accountId: notified.accountId, kind, about, client: nobody, now });
  const bySupport = done.client === undefined;
  await notifyCustomer(tx, { kind, notified, client, now, until, undo, about, bySupport });
  await recordAudit(tx, staff, {
    action: kind,
    details,
    subject: { kind: "account", id: notified.accountId },
    reason,
    now,
  });
}

/** Records an act of support that no mail notifies of: the account's activities and the audit log have it. */
export async function recordUnmailedAct(
  tx: Database,
  staff: StaffMember,
  done: Pick<SupportAct, "details" | "reason" | "now"> & { act: UnmailedAct; accountId: string },
): Promise<void> {
  const { act: kind, accountId, details, reason, now } = done;
  await storeActivity(tx, { accountId, kind, about: { reason }, client: nobody, now });
  const subject = { kind: "account", id: accountId } as const;
  await recordAudit(tx, staff, { action: kind, details, subject, reason, now });
}
