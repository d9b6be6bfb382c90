import { allBut, factors, shutOut } from "@/lib/access/shut-out";
import { asSignedIn } from "@/lib/account/as-signed-in";
import { recordChange } from "@/lib/account/record-change";
import { isStaff } from "@/lib/account/roles";
import { recordAudit } from "@/lib/audit/record-audit";
import { nobody } from "@/lib/client/client";
import { notifyAdmins } from "@/lib/colleagues/notify-admins";
import { findRoleOf, lockStaff, type RoleHolder } from "@/lib/colleagues/store";
import { lockSubject } from "@/lib/db/locks";
import { type Database, database } from "@/lib/db/transaction";
import { hasFactor } from "@/lib/factors/factors-store";
import { log } from "@/lib/log/log";
import { findPasskeys } from "@/lib/passkeys/passkey-store";
import { forgetWhatFactorsHad } from "@/lib/two-step/store";

/** How many of each were taken away. */
export type FactorsGone = { apps: number; passkeys: number; recoveryCodes: number };

/** What becomes of the command to take somebody's factors away. */
export type ResetOutcome =
  | { kind: "reset"; email: string; gone: FactorsGone }
  /** They have no second factor, and nothing was ended. */
  | { kind: "none"; email: string }
  | { kind: "not-staff"; email: string }
  /** No account has the address. */
  | { kind: "unknown" };

/**
 * Takes all second factors of a member of staff away, for whom they are lost: the command on the server, which
 * nobody of the staff can do for another. Their sessions and pending sign-ins end; at their next sign-in
 * they type a mailed code, and add a factor before anything else opens. They and every admin are notified.
 *
 * @param email as `typedEmail` reads it
 */
export async function resetFactors(email: string): Promise<ResetOutcome> {
  const found = await findRoleOf(database, { email });
  if (found === null) return { kind: "unknown" };
  const lock = async (tx: Database) => {
    await lockSubject(tx, found.id);
    await lockStaff(tx);
  };
  const outcome = await asSignedIn(null, lock, (tx, now) => judgeAndCarryOut(tx, found.id, now));
  if (outcome.kind === "signed-out") throw new Error("The command has no session that could end.");
  log.info({ accountId: found.id, outcome: outcome.kind }, "reset of factors judged");
  return outcome;
}

async function judgeAndCarryOut(tx: Database, id: string, now: Date): Promise<ResetOutcome> {
  const account = await findRoleOf(tx, { id });
  if (account === null) return { kind: "unknown" };
  const { email } = account;
  if (!isStaff(account.role)) return { kind: "not-staff", email };
  const passkeysLeft = (await findPasskeys(tx, id)).length;
  if (passkeysLeft === 0 && !(await hasFactor(tx, id))) return { kind: "none", email };
  const ways = allBut("sessions", "pendingCodes", ...factors);
  const shut = await shutOut(tx, id, { because: "factor-changed", keep: { ways }, now });
  await forgetWhatFactorsHad(tx, id);
  const { authenticatorApps: apps, passkeys, recoveryCodes } = shut;
  const gone = { apps, passkeys, recoveryCodes };
  await record(tx, account, gone, now);
  return { kind: "reset", email, gone };
}

/** Notifies them and every other admin, and writes it into the audit log: last, for its lock. */
async function record(
  tx: Database,
  { id: accountId, email, locale, timeZone }: RoleHolder,
  gone: FactorsGone,
  now: Date,
): Promise<void> {
  await recordChange(tx, {
    kind: "factors-reset",
    notified: { accountId, email, locale, timeZone },
    client: nobody,
    bySupport: true,
    now,
  });
  await notifyAdmins(tx, {
    kind: "staff-factors-reset",
    except: [accountId],
    client: nobody,
    about: { member: email, by: null },
    now,
  });
  await recordAudit(tx, "command", {
    action: "staff-factors-reset",
    subject: { kind: "staff", id: accountId },
    details: gone,
    now,
  });
}
