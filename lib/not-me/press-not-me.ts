import { forgetPlaces } from "@/lib/access/forget-places-store";
import { factors, shutOut } from "@/lib/access/shut-out";
import { recordChange } from "@/lib/account/record-change";
import type { Undo } from "@/lib/account/rules/notified-of";
import { objectToLiveCases } from "@/lib/cases/change/object-to-case";
import { blockNetwork } from "@/lib/challenge/attempts-store";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { storeEmail, undoEmailChanges } from "@/lib/contact/email-change-store";
import { lockSubject } from "@/lib/db/locks";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { afterHours } from "@/lib/moments";
import { networkText } from "@/lib/network/network";
import { findAboutFactors } from "@/lib/not-me/about-factors";
import { contactAfter, type FoundPress, findPress } from "@/lib/not-me/find-press";
import {
  disarmPasskey,
  type FactorRefused,
  provePasswordOf,
  removeFactorsOf,
  type TypedProof,
} from "@/lib/not-me/remove-factor";
import { NOT_ME_BLOCK_HOURS } from "@/lib/not-me/rules/limits";
import { dropAddress, findUndoableChanges } from "@/lib/not-me/store";
import { storePhone } from "@/lib/phone/store";
import { sendResetLink } from "@/lib/recovery/send-reset-link";
import { newReference } from "@/lib/secrets/reference";
import { askFactorsEnd } from "@/lib/two-step/ask-factors-end";
import { maskEmail } from "@/lib/typed/mask-email";

/** What becomes of a press. `over`: the page explains it. */
export type PressOutcome =
  | {
      kind: "secured";
      maskedContact: string;
      blockedUntil: Date | null;
      /** What became of the factors that the mail was about. */
      factor: "none" | "removed" | "stays";
      /** When one ends, because the mail was about the very first; null: none does. */
      factorsEndAt: Date | null;
    }
  /** A factor was to be removed at once, and what was typed for that is not taken: nothing was done. */
  | FactorRefused
  | { kind: "over" };

/**
 * Carries "that was not me" out: whoever used the account is out, what the mail was about is
 * undone, and only the owner of the contact mailbox can set the next password.
 *
 * @param client who presses
 * @param typed what removes the factors that the mail was about at once; left out: they are not to be. Where
 *   there is nothing to remove, it is not looked at, and costs neither an attempt nor a code
 */
export async function pressNotMe(
  token: string | null,
  client: Client,
  typed: TypedProof | null = null,
): Promise<PressOutcome> {
  const now = readClock();
  const first = await findPress(database, token, now);
  if (first?.verdict.kind !== "live") return { kind: "over" };
  const { accountId } = first.link;
  const mayRemove = typed !== null && (await findAboutFactors(database, first))?.mayRemove;
  const proof = mayRemove ? await provePasswordOf(first, typed, client) : null;
  if (proof !== null && proof.kind !== "proven") return proof;
  const outcome = await inTransaction(async (tx): Promise<PressOutcome> => {
    await lockSubject(tx, accountId);
    const found = await findPress(tx, token, now);
    if (found?.verdict.kind !== "live") return { kind: "over" };
    const removal =
      proof === null
        ? { kind: "nothing" as const }
        : await removeFactorsOf(tx, found, proof, client, now);
    if (removal.kind !== "removed" && removal.kind !== "nothing") return removal;
    return secure(tx, found, { client, removed: removal.kind === "removed" }, now);
  });
  log.info({ accountId, mail: first.notifiedOf.mail, outcome: outcome.kind }, "that was not me");
  return outcome;
}

async function secure(
  tx: Database,
  found: FoundPress,
  { client, removed }: { client: Client; removed: boolean },
  now: Date,
): Promise<PressOutcome> {
  const { link, notifiedOf } = found;
  const { accountId } = link;
  const { network } = notifiedOf;
  // First: an address that is brought back keeps no link that could bring it back once more.
  await undoChange(tx, found, client, now);
  const undoable = await findUndoableChanges(tx, accountId, now);
  // Whoever took the mailbox would take the owner's factors with it.
  const ways = ["undoing", "furtherAddresses", "phone", ...factors] as const;
  const keep = { ways, placesOutside: network, undoable };
  await shutOut(tx, accountId, { because: "not-me", keep, now });
  // Whoever sent a case in the owner's name may have been this very stranger.
  await objectToLiveCases(tx, accountId, link.recipient, client, now);
  const blockedUntil = await block(tx, found, now);
  const email = contactAfter(found);
  const account = { ...link.account, email };
  await sendResetLink(tx, account, client, now);
  await recordChange(tx, {
    kind: "account-secured",
    notified: { ...account, accountId },
    client,
    now,
    about: network === null ? {} : { place: networkText(network) },
    until: blockedUntil,
  });
  // Whoever has removed them has shown another one: what is left is theirs.
  const about = removed ? null : await findAboutFactors(tx, found);
  const factorsEndAt =
    about?.first == null
      ? null
      : await askFactorsEnd(tx, { ...account, accountId }, about.first, client, now);
  const stays = about === null || about.steps.length === 0 ? "none" : "stays";
  const factor = removed ? "removed" : stays;
  return {
    kind: "secured",
    maskedContact: maskEmail(email),
    blockedUntil,
    factor,
    factorsEndAt,
  };
}

async function block(tx: Database, found: FoundPress, now: Date): Promise<Date | null> {
  const { link, notifiedOf, press } = found;
  if (!press.blocks) return null;
  const { accountId } = link;
  const until = afterHours(now, NOT_ME_BLOCK_HOURS);
  const reference = newReference();
  const network = networkKeyOf(notifiedOf);
  await blockNetwork(tx, { accountId, network, until, because: "not-me", reference, now });
  return until;
}

async function undoChange(
  tx: Database,
  found: FoundPress,
  client: Client,
  now: Date,
): Promise<void> {
  const { undo, also } = found.press;
  const all = undo === null ? also : [undo, ...also];
  for (const one of all) await undoOne(tx, found, one, client, now);
}

async function undoOne(
  tx: Database,
  found: FoundPress,
  undo: Undo,
  client: Client,
  now: Date,
): Promise<void> {
  const { link, change } = found;
  const { accountId } = link;
  switch (undo.kind) {
    case "place":
      await forgetPlaces(tx, {
        ...{ accountId, network: undo.network, exceptSession: null },
        ...{ because: "not-me", now },
      });
      return;
    case "phone":
      await storePhone(tx, accountId, null, now);
      return;
    case "address":
      await dropAddress(tx, accountId, undo.addressId);
      return;
    case "email-change":
      if (change === null) return;
      await storeEmail(tx, accountId, change.oldEmail);
      await undoEmailChanges(tx, change, now);
      return;
    case "factor": {
      // A second step goes only with its owner's proof or a day's notice.
      const notified = { ...link.account, email: contactAfter(found), accountId };
      return disarmPasskey(tx, notified, undo, client, now);
    }
    default:
      // A closing is taken back with every press, and a change of e-mail that waits is cancelled.
      return;
  }
}
