import type { Actor } from "@/lib/account/actor";
import { findAddressHolder } from "@/lib/account/address-holder-store";
import { asCustomer } from "@/lib/account/as-signed-in";
import { findAudience, storeActivity, storeLinks } from "@/lib/account/change-store";
import { claimDailyMail } from "@/lib/account/daily-mail-store";
import { newNotMeLinks, notifyCustomer } from "@/lib/account/notify-customer";
import { notifiedAccountOf, recordOwnChange } from "@/lib/account/record-change";
import { requestFacts } from "@/lib/client/mail-facts";
import { readClock } from "@/lib/clock";
import {
  endEmailChanges,
  findOpenEmailChange,
  storeEmailChange,
} from "@/lib/contact/email-change-store";
import { ASKED_PER_HOUR, HOURS_TO_CONFIRM } from "@/lib/contact/rules/limits";
import { sendRequest } from "@/lib/contact/send-request";
import { countAsked } from "@/lib/contact/store";
import { type Database, database } from "@/lib/db/transaction";
import { hasFactor } from "@/lib/factors/factors-store";
import { log } from "@/lib/log/log";
import { enqueueMail } from "@/lib/mail/outbox";
import { HOURS_BETWEEN_WARNINGS, NOTICE_USEFUL_DAYS } from "@/lib/mail/rules/limits";
import { afterDays, afterHours } from "@/lib/moments";
import { provePassword } from "@/lib/password/prove-password";
import { isFactorEnding } from "@/lib/two-step/end-store";
import { type EmailError, typedEmail } from "@/lib/typed/email-address";

/** Why a field is not taken; each is a message's key. Only a wrong password costs an attempt. */
export type EmailChangeErrors = {
  email?: EmailError | "emailSame";
  password?: "passwordMissing" | "passwordWrong";
};

/**
 * What becomes of the request for another contact e-mail. An address that is taken reads like any
 * other.
 */
export type EmailChangeOutcome =
  | { kind: "asked"; newEmail: string }
  | { kind: "invalid"; errors: EmailChangeErrors }
  /** Too many wrong passwords. */
  | { kind: "too-many"; until: Date }
  /** Too many changes asked for within an hour. */
  | { kind: "too-often" }
  /** The account has a second factor, which this session has not shown: it is asked for first. */
  | { kind: "factor-needed"; newEmail: string }
  /** A factor is announced to end: until that is settled, nothing is changed. */
  | { kind: "frozen" }
  | { kind: "signed-out" };

/**
 * Asks the old and the new address to confirm a change of the contact e-mail. Nothing changes before
 * both have; an earlier request that still waits is replaced by this one.
 */
export async function askEmailChange(
  actor: Actor,
  password: string,
  typed: string,
): Promise<EmailChangeOutcome> {
  const outcome = await judgeAndCarryOut(actor, password, typed);
  const { accountId } = actor.session;
  log.info({ accountId, outcome: outcome.kind }, "change of contact e-mail asked for");
  return outcome;
}

async function judgeAndCarryOut(
  actor: Actor,
  password: string,
  typed: string,
): Promise<EmailChangeOutcome> {
  const { session } = actor;
  const read = typedEmail(typed);
  const errors: EmailChangeErrors = {};
  if ("error" in read) errors.email = read.error;
  else if (read.email === session.account.email) errors.email = "emailSame";
  if (password === "") errors.password = "passwordMissing";
  if (Object.keys(errors).length > 0 || "error" in read) return { kind: "invalid", errors };
  const proof = await provePassword(actor, password);
  if (proof.kind === "too-many") return proof;
  if (proof.kind !== "right") return { kind: "invalid", errors: { password: "passwordWrong" } };
  const { email } = read;
  const lockedToo = await holdersOf(email);
  const work = async (tx: Database, now: Date): Promise<EmailChangeOutcome> => {
    if (await isFactorEnding(tx, session.accountId)) return { kind: "frozen" };
    if (session.factorProvenAt === null && (await hasFactor(tx, session.accountId))) {
      return { kind: "factor-needed", newEmail: email };
    }
    const asked = await askEmailChangeNow(tx, actor, { email, lockedToo }, now);
    return asked.kind === "email-change-asked"
      ? { kind: "asked", newEmail: email }
      : { kind: "too-often" };
  };
  return asCustomer(actor, work, lockedToo);
}

/** The account that holds an address, which is locked too: that it is notified so is noted in its row. */
export async function holdersOf(email: string): Promise<string[]> {
  const holder = await findAddressHolder(database, email, readClock());
  return holder === null ? [] : [holder.id];
}

/**
 * Asks both addresses, for whoever has proven what that takes. In the caller's transaction and under the
 * lock of the account.
 *
 * @param asked.lockedToo as `holdersOf` found it, and locked
 */
export async function askEmailChangeNow(
  tx: Database,
  actor: Actor,
  asked: { email: string; lockedToo: readonly string[] },
  now: Date,
): Promise<{ kind: "email-change-asked"; newEmail: string } | { kind: "email-change-too-often" }> {
  const { email: newEmail, lockedToo } = asked;
  const { accountId } = actor.session;
  if ((await countAsked(tx, accountId, "email-change", now)) >= ASKED_PER_HOUR) {
    return { kind: "email-change-too-often" };
  }
  await ask(tx, actor, newEmail, lockedToo, now);
  return { kind: "email-change-asked", newEmail };
}

/** @param lockedToo the accounts whose rows are locked to note that they are notified */
async function ask(
  tx: Database,
  actor: Actor,
  newEmail: string,
  lockedToo: readonly string[],
  now: Date,
): Promise<void> {
  const { session, client } = actor;
  const { accountId, account } = session;
  const until = afterHours(now, HOURS_TO_CONFIRM);
  await endEmailChanges(tx, accountId, "superseded", now);
  const { id: targetId } = await storeEmailChange(tx, {
    accountId,
    oldEmail: account.email,
    newEmail,
    createdAt: now,
    expiresAt: until,
  });
  const notified = notifiedAccountOf(actor);
  const about = { address: newEmail, addressBefore: account.email };
  const request = { notified, targetId, about, client, now, until };
  const undo = { kind: "email-change", emailChangeId: targetId } as const;
  const { trustedBefore } = await findAudience(tx, {
    accountId,
    ip: client.ip,
    before: session.createdAt,
  });
  const kind = "confirm-old-email";
  const alsoTo = [account.email];
  // Good after the change as well: it is the old address then.
  const notMe = { kind, client, now, undo, alsoTo, trustedBefore } as const;
  const links = newNotMeLinks(notMe, alsoTo);
  await storeLinks(tx, accountId, links);
  const [notMeLink] = links;
  const toOld = { recipient: account.email, notMeId: notMeLink?.id };
  await sendRequest(tx, { ...request, kind, ...toOld });
  const holder = await findAddressHolder(tx, newEmail, now);
  // Its own old address of the last days is kept free for this very account.
  if (holder === null || holder.id === accountId) {
    await sendRequest(tx, { ...request, kind: "confirm-new-email", recipient: newEmail });
  } else if (lockedToo.includes(holder.id)) {
    await notifyHolder(tx, holder, newEmail, actor, now);
  }
  await storeActivity(tx, { accountId, kind: "email-change-asked", about, client, now });
  await notifyCustomer(tx, {
    kind: "email-change-asked",
    notified,
    client,
    now,
    since: session.createdAt,
    about,
    undo,
    // The contact e-mail itself was asked to confirm.
    exceptContact: true,
  });
}

/**
 * The owner of an address is notified, at most once a day, as by a sign-up; who asked learns
 * nothing.
 */
async function notifyHolder(
  tx: Database,
  holder: { id: string; locale: string; timeZone: string | null },
  email: string,
  { client }: Actor,
  now: Date,
): Promise<void> {
  if (!(await claimDailyMail(tx, holder.id, "toldOfSignUpAt", HOURS_BETWEEN_WARNINGS, now))) return;
  await enqueueMail(tx, {
    kind: "already-have-account",
    accountId: holder.id,
    recipient: email,
    locale: holder.locale,
    timeZone: holder.timeZone,
    facts: requestFacts(email, client, now),
    usefulUntil: afterDays(now, NOTICE_USEFUL_DAYS),
  });
}

/** Takes the change that waits back; its links then say so. */
export function cancelEmailChange(
  actor: Actor,
): Promise<{ kind: "cancelled" | "nothing-open" | "signed-out" }> {
  const { session } = actor;
  const { accountId } = session;
  return asCustomer(actor, async (tx, now) => {
    const open = await findOpenEmailChange(tx, accountId, now);
    if (open === null) return { kind: "nothing-open" };
    await endEmailChanges(tx, accountId, "cancelled", now);
    const about = { address: open.newEmail };
    await recordOwnChange(tx, actor, { kind: "email-change-cancelled", now, about });
    return { kind: "cancelled" };
  });
}
