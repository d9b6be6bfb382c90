import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { inTransaction } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { checkNewPassword, type NewPasswordError } from "@/lib/password/check-new-password";
import { hashPassword } from "@/lib/password/password-hash";
import { findLiveReset } from "@/lib/recovery/live-reset";
import { setPassword } from "@/lib/recovery/set-password";
import { useUpReset } from "@/lib/recovery/store";

/** What becomes of a new password sent with a link. Only `changed` uses the link up. */
export type ResetOutcome =
  | { kind: "changed" }
  | { kind: "dead-link" }
  | { kind: "invalid"; error: NewPasswordError };

/**
 * Sets a new password by a mailed link. It signs nobody in and lifts no block: the sign-in that
 * follows is judged like any other.
 */
export async function resetPassword(
  token: string | null,
  password: string,
  client: Client,
): Promise<ResetOutcome> {
  const outcome = await judgeAndCarryOut(token, password, client);
  log.info({ network: networkKeyOf(client), outcome: outcome.kind }, "password reset judged");
  return outcome;
}

async function judgeAndCarryOut(
  token: string | null,
  password: string,
  client: Client,
): Promise<ResetOutcome> {
  const reset = await findLiveReset(token);
  if (reset === null) return { kind: "dead-link" };
  const { id: accountId, resetId } = reset;
  const error = await checkNewPassword(password, reset);
  if (error !== undefined) return { kind: "invalid", error };
  const passwordHash = await hashPassword(password);
  return inTransaction(async (tx) => {
    await lockSubject(tx, accountId);
    const now = readClock();
    if (!(await useUpReset(tx, resetId, now))) return { kind: "dead-link" };
    await setPassword(tx, reset, passwordHash, { kind: "link" }, client, now);
    return { kind: "changed" };
  });
}
