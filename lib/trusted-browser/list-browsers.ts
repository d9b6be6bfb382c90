import type { Actor } from "@/lib/account/actor";
import { deviceOf } from "@/lib/client/device-name";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { findTrustedBrowsers } from "@/lib/trusted-browser/store";

/** A browser that an account trusts, as its page shows it. */
export type TrustedBrowser = {
  id: string;
  browser: string | null;
  system: string | null;
  since: Date;
  lastUsedAt: Date;
  /** Unless it is used before. */
  until: Date;
  /** Whether it is the one that asks. */
  isThisOne: boolean;
};

/** The browsers an account trusts, the last used first. */
export async function listTrustedBrowsers(
  session: Actor["session"],
  browserId: string | null,
): Promise<TrustedBrowser[]> {
  const rows = await findTrustedBrowsers(database, session.accountId, readClock());
  return rows.map((row) => ({
    id: row.id,
    ...deviceOf(row.userAgent),
    since: row.createdAt,
    lastUsedAt: row.lastUsedAt,
    until: row.expiresAt,
    isThisOne: row.browserId === browserId,
  }));
}
