import { env } from "@/lib/env/env";
import { findUnreadReturns, type UnreadReturns } from "@/lib/mail/fate/return-store";

/** How reading the mailbox fails that SMTP_BOUNCES names; null: it does not, or there is none. */
export async function findUnread(): Promise<UnreadReturns | null> {
  const returns = env().smtpBounces;
  return returns === undefined || returns.inbox === null
    ? null
    : findUnreadReturns(returns.address);
}
