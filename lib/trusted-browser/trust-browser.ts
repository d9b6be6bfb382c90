import type { Actor } from "@/lib/account/actor";
import { recordOwnChange } from "@/lib/account/record-change";
import type { Database } from "@/lib/db/transaction";
import { type BrowserKey, storeTrustedBrowser } from "@/lib/trusted-browser/store";

/**
 * Trusts the browser a customer uses now, wherever it will be, in the caller's transaction and under
 * the lock of the account. Its cookie has to say the key that is returned.
 */
export async function trustBrowser(
  tx: Database,
  actor: Actor,
  now: Date,
): Promise<{ kind: "browser-trusted"; key: BrowserKey }> {
  const { session, client, browserId } = actor;
  const { userAgent, browser, system } = client;
  const key = await storeTrustedBrowser(tx, {
    accountId: session.accountId,
    browserId,
    userAgent,
    now,
  });
  await recordOwnChange(tx, actor, { kind: "browser-trusted", now, about: { browser, system } });
  return { kind: "browser-trusted", key };
}
