import { storeActivity } from "@/lib/account/change-store";
import type { Client } from "@/lib/client/client";
import { endEmailChanges } from "@/lib/contact/email-change-store";
import type { Database } from "@/lib/db/transaction";
import { emptyCounts, hashedAddress } from "@/lib/rate-limit/rate-window";
import { endPendingCodes, endResets, storePassword } from "@/lib/recovery/store";
import { endSessions } from "@/lib/sessions/store";
import { sendNotice } from "@/lib/sign-in/notice-mail";
import { renewPin } from "@/lib/support-pin/store";
import { endTrustedBrowsers } from "@/lib/trusted-browser/store";

/** Whose password is set, with what its mail needs. */
export type PasswordOwner = { id: string; email: string; locale: string; timeZone: string | null };

/** How it is set: by a mailed link, or in a session, which may end all others. */
export type SetBy =
  | { kind: "link" }
  | { kind: "session"; sessionId: string; browserId: string; endsOthers: boolean };

/**
 * Sets a new password and carries out what follows from it, in the caller's transaction and under
 * the lock of the account: sessions, trusted browsers, pending codes, open links and changes of e-mail end, the account's
 * own counts start afresh, the customer is told. Blocks and counts of wrong codes stay (contract,
 * "Settled").
 */
export async function setPassword(
  tx: Database,
  owner: PasswordOwner,
  passwordHash: string,
  by: SetBy,
  client: Client,
  at: Date,
): Promise<void> {
  const accountId = owner.id;
  await storePassword(tx, { accountId, passwordHash, now: at });
  if (by.kind === "link") {
    await endSessions(tx, accountId, null, at);
    await endTrustedBrowsers(tx, { accountId, because: "password-reset", at, except: null });
  } else if (by.endsOthers) {
    const { sessionId, browserId: except } = by;
    await endSessions(tx, accountId, sessionId, at);
    await endTrustedBrowsers(tx, { accountId, because: "signed-out-elsewhere", at, except });
  }
  await endPendingCodes(tx, accountId, at);
  await endResets(tx, accountId, at);
  // Whoever asked for it had the old password.
  await endEmailChanges(tx, accountId, "cancelled", at);
  // Whoever had the old password may have read it.
  await renewPin(tx, accountId);
  await emptyCounts(tx, [hashedAddress(owner.email)]);
  const kind = by.kind === "link" ? "password-reset" : "password-changed";
  await storeActivity(tx, { accountId, kind, about: {}, client, at });
  await sendNotice(tx, "password-changed", { ...owner, accountId }, client, at);
}
