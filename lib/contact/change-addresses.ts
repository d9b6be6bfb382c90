import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { notifiedAccountOf, recordOwnChange } from "@/lib/account/record-change";
import { ASKED_PER_HOUR, HOURS_TO_CONFIRM } from "@/lib/contact/rules/limits";
import { sendRequest } from "@/lib/contact/send-request";
import {
  countAsked,
  deleteAddress,
  endLinksTo,
  extendAddress,
  findAddress,
  wasAddressRemoved,
} from "@/lib/contact/store";
import { afterHours } from "@/lib/moments";
import { isFactorEnding } from "@/lib/two-step/end-store";
import { isId } from "@/lib/typed/is-id";

/** `unknown`: this account has and had no such address. */
export type AddressOutcome =
  | { kind: "removed" | "sent"; email: string }
  | { kind: "already-removed" | "confirmed-already" | "too-often" | "unknown" | "signed-out" }
  /** A factor is announced to end: no address goes that could still object. */
  | { kind: "frozen" };

/**
 * Removes a further address, which is mailed. It narrows access, so that no password is asked.
 *
 * @param id as the form says it, from anybody
 */
export function removeAddress(actor: Actor, id: string): Promise<AddressOutcome> {
  const { session } = actor;
  const { accountId } = session;
  return asCustomer(actor, async (tx, now): Promise<AddressOutcome> => {
    if (!isId(id)) return { kind: "unknown" };
    if (await isFactorEnding(tx, accountId)) return { kind: "frozen" };
    const found = await findAddress(tx, { id, accountId });
    if (found === null) {
      const removed = await wasAddressRemoved(tx, { id, accountId });
      return { kind: removed ? "already-removed" : "unknown" };
    }
    const { email } = found;
    await deleteAddress(tx, id, now);
    await recordOwnChange(tx, actor, {
      kind: "address-removed",
      now,
      about: { address: email, rowId: id },
      // Who never confirmed hears nothing of the account.
      alsoTo: found.confirmedAt === null ? [] : [email],
    });
    return { kind: "removed", email };
  });
}

/** Mails the request to confirm a further address again, for another 24 hours; the earlier link ends. */
export function resendAddressRequest(actor: Actor, id: string): Promise<AddressOutcome> {
  const { session, client } = actor;
  const { accountId } = session;
  return asCustomer(actor, async (tx, now): Promise<AddressOutcome> => {
    const found = isId(id) ? await findAddress(tx, { id, accountId }) : null;
    if (found === null) return { kind: "unknown" };
    if (found.confirmedAt !== null) return { kind: "confirmed-already" };
    if ((await countAsked(tx, accountId, "address", now)) >= ASKED_PER_HOUR) {
      return { kind: "too-often" };
    }
    const until = afterHours(now, HOURS_TO_CONFIRM);
    const { email } = found;
    await endLinksTo(tx, [id], now);
    await extendAddress(tx, id, until);
    await sendRequest(tx, {
      kind: "confirm-address",
      notified: notifiedAccountOf(actor),
      recipient: email,
      targetId: id,
      about: { address: email },
      client,
      now,
      until,
    });
    return { kind: "sent", email };
  });
}
