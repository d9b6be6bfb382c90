import { type Keep, ownersWays, shutOut, waysBack } from "@/lib/access/shut-out";
import { storeActivity } from "@/lib/account/change-store";
import type { Client } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import { storePassword } from "@/lib/recovery/store";
import { sendNotice } from "@/lib/sign-in/notice-mail";

/** Whose password is set, with what its mail needs. */
export type PasswordAccount = {
  id: string;
  email: string;
  locale: string;
  timeZone: string | null;
};

/** How it is set: by a mailed link, or in a session, which may end all others. */
export type SetBy =
  | { kind: "link" }
  | { kind: "session"; sessionId: string; browserId: string; endsOthers: boolean };

/**
 * Sets a new password and carries out what follows from it, in the caller's transaction and under
 * the lock of the account: sessions, trusted browsers, pending codes, open links and changes of e-mail end, the account's
 * own counts start afresh, the customer is notified. Blocks and counts of wrong codes stay
 * (contract, "Settled").
 */
export async function setPassword(
  tx: Database,
  account: PasswordAccount,
  passwordHash: string,
  by: SetBy,
  client: Client,
  now: Date,
): Promise<void> {
  const accountId = account.id;
  await storePassword(tx, account, { passwordHash, now });
  const kind = by.kind === "link" ? "password-reset" : "password-changed";
  await shutOut(tx, accountId, { because: kind, keep: keptBy(by), now });
  await storeActivity(tx, { accountId, kind, about: {}, client, now });
  await sendNotice(tx, "password-changed", { ...account, accountId }, client, now);
}

/** What whoever had the old password did not set up, and where it was set itself, if that may stay. */
function keptBy(by: SetBy): Keep {
  const ways = [...ownersWays, ...waysBack, "password"] as const;
  if (by.kind === "link") return { ways };
  if (!by.endsOthers) return { ways: [...ways, "sessions", "trustedBrowsers"] };
  return { ways, session: by.sessionId, browser: by.browserId };
}
