import { forgetPlaces } from "@/lib/access/forget-places-store";
import { shutOut } from "@/lib/access/shut-out";
import { recordChange } from "@/lib/account/record-change";
import type { Undo } from "@/lib/account/rules/told-of";
import { objectToLiveCases } from "@/lib/cases/change/object-to-case";
import { blockNetwork } from "@/lib/challenge/attempts-store";
import { type Client, networkKeyOf } from "@/lib/client/client";
import { now } from "@/lib/clock";
import { storeEmail, undoEmailChanges } from "@/lib/contact/email-change-store";
import { lockSubject } from "@/lib/db/locks";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { afterHours } from "@/lib/moments";
import { networkText } from "@/lib/network/network";
import { contactAfter, type FoundPress, findPress } from "@/lib/not-me/find-press";
import { NOT_ME_BLOCK_HOURS } from "@/lib/not-me/rules/limits";
import { dropAddress, findUndoableChanges } from "@/lib/not-me/store";
import { storePhone } from "@/lib/phone/store";
import { sendResetLink } from "@/lib/recovery/send-reset-link";
import { newReference } from "@/lib/secrets/reference";
import { maskEmail } from "@/lib/typed/mask-email";

/** What becomes of a press. `over`: the page explains it. */
export type PressOutcome =
  | { kind: "secured"; maskedContact: string; blockedUntil: Date | null }
  | { kind: "over" };

/**
 * Carries "that was not me" out: whoever used the account is out, what the mail told of is undone, and
 * only the owner of the contact mailbox can set the next password.
 *
 * @param client who presses
 */
export async function pressNotMe(token: string | null, client: Client): Promise<PressOutcome> {
  const at = now();
  const first = await findPress(database, token, at);
  if (first?.verdict.kind !== "live") return { kind: "over" };
  const { accountId } = first.link;
  const outcome = await inTransaction(async (tx): Promise<PressOutcome> => {
    await lockSubject(tx, accountId);
    const found = await findPress(tx, token, at);
    if (found?.verdict.kind !== "live") return { kind: "over" };
    return secure(tx, found, client, at);
  });
  log.info({ accountId, mail: first.told.mail, outcome: outcome.kind }, "that was not me");
  return outcome;
}

async function secure(
  tx: Database,
  found: FoundPress,
  client: Client,
  at: Date,
): Promise<PressOutcome> {
  const { link, told } = found;
  const { accountId } = link;
  const { network } = told;
  // First: an address that is brought back keeps no link that could bring it back once more.
  await undoChange(tx, found, at);
  const undoable = await findUndoableChanges(tx, accountId, at);
  const ways = ["undoing", "furtherAddresses", "phone"] as const;
  const keep = { ways, placesOutside: network, undoable };
  await shutOut(tx, accountId, { because: "not-me", keep, at });
  // Whoever sent a case in the owner's name may have been this very stranger.
  await objectToLiveCases(tx, accountId, link.recipient, client, at);
  const blockedUntil = await block(tx, found, at);
  const email = contactAfter(found);
  const owner = { ...link.account, email };
  await sendResetLink(tx, owner, client, at);
  await recordChange(tx, {
    kind: "account-secured",
    told: { ...owner, accountId },
    client,
    at,
    about: network === null ? {} : { place: networkText(network) },
    until: blockedUntil,
  });
  return { kind: "secured", maskedContact: maskEmail(email), blockedUntil };
}

async function block(tx: Database, found: FoundPress, at: Date): Promise<Date | null> {
  const { link, told, press } = found;
  if (!press.blocks) return null;
  const { accountId } = link;
  const until = afterHours(at, NOT_ME_BLOCK_HOURS);
  const reference = newReference();
  const network = networkKeyOf(told);
  await blockNetwork(tx, { accountId, network, until, because: "not-me", reference, now: at });
  return until;
}

async function undoChange(tx: Database, found: FoundPress, at: Date): Promise<void> {
  const { undo, also } = found.press;
  for (const one of undo === null ? also : [undo, ...also]) await undoOne(tx, found, one, at);
}

async function undoOne(tx: Database, found: FoundPress, undo: Undo, at: Date): Promise<void> {
  const { link, change } = found;
  const { accountId } = link;
  switch (undo.kind) {
    case "place":
      await forgetPlaces(tx, {
        ...{ accountId, network: undo.network, exceptSession: null },
        ...{ because: "not-me", at },
      });
      return;
    case "phone":
      await storePhone(tx, accountId, null, at);
      return;
    case "address":
      await dropAddress(tx, accountId, undo.addressId);
      return;
    case "email-change":
      if (change === null) return;
      await storeEmail(tx, accountId, change.oldEmail);
      await undoEmailChanges(tx, change, at);
      return;
    default:
      // A closing is taken back with every press, and a change of e-mail that waits is cancelled.
      return;
  }
}
