import type { NotifiedAccount } from "@/lib/account/notify-customer";
import { recordChange } from "@/lib/account/record-change";
import type { Client } from "@/lib/client/client";
import { deviceOf } from "@/lib/client/device-name";
import type { Database } from "@/lib/db/transaction";
import { type BrowserVerdict, judgeBrowser } from "@/lib/trusted-browser/rules/judge-browser";
import {
  type BrowserKey,
  endSessionsOfBrowser,
  endTrustedBrowser,
  findTrustedBrowser,
} from "@/lib/trusted-browser/store";

/** The row of the trusted browser that a cookie names, whatever generation it shows; null: none. */
type WithTrustedBrowser = {
  trustedBrowser: { id: string; generation: number; renewedAt: Date; userAgent: string } | null;
};

type ShownAccount = Pick<NotifiedAccount, "email" | "locale" | "timeZone"> & { id: string };

/** What the cookie of a browser is worth for the account that is signed in to. */
export function judgeShownBrowser(
  shown: BrowserKey[] = [],
  { trustedBrowser: row }: WithTrustedBrowser,
  now: Date,
): BrowserVerdict {
  const key = row === null ? undefined : shown.find(({ id }) => id === row.id);
  if (row === null || key === undefined) return { kind: "unknown" };
  return judgeBrowser({ ...row, shown: key.generation, now });
}

/**
 * Ends the trust in a browser of which a copy showed itself with the right password, and every session
 * that the browser or its copy began, and notifies of it. Nobody knows which of the two is the
 * owner's. Call it under the lock of the account, before a session begins.
 */
export async function endCopiedBrowser(
  tx: Database,
  request: { trustedBrowsers?: BrowserKey[]; client: Client },
  account: ShownAccount & WithTrustedBrowser,
  now: Date,
): Promise<void> {
  const { trustedBrowser } = account;
  const { kind } = judgeShownBrowser(request.trustedBrowsers, account, now);
  if (trustedBrowser === null || kind !== "copied") return;
  await endTrustedBrowser(tx, { id: trustedBrowser.id, because: "copied", now });
  const row = await findTrustedBrowser(tx, { id: trustedBrowser.id, accountId: account.id });
  if (row !== null) await endSessionsOfBrowser(tx, row, now);
  const { client } = request;
  const notified = { ...account, accountId: account.id };
  const about = deviceOf(trustedBrowser.userAgent);
  await recordChange(tx, { kind: "browser-copied", notified, client, now, about });
}
