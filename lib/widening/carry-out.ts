import type { Actor } from "@/lib/account/actor";
import { askAddress } from "@/lib/contact/ask-address";
import { askEmailChangeNow, holdersOf } from "@/lib/contact/ask-email-change";
import type { Database } from "@/lib/db/transaction";
import { setPhone } from "@/lib/phone/set-phone";
import { addPlace } from "@/lib/places/add-place";
import { trustBrowser } from "@/lib/trusted-browser/trust-browser";
import { addPasskey } from "@/lib/two-step/add-passkey";
import { askAtNewPlaces } from "@/lib/two-step/change-asking";
import { allowPasskey } from "@/lib/two-step/change-passkey";
import { keepFactorsNow } from "@/lib/two-step/keep-factors";
import { makeRecoveryCodes } from "@/lib/two-step/make-recovery-codes";
import { turnOnApp } from "@/lib/two-step/turn-on-app";
import type { WideningRequest } from "@/lib/widening/widening-request";

/** What a granted request led to. */
export type CarriedOut = Awaited<
  | ReturnType<typeof addPlace>
  | ReturnType<typeof trustBrowser>
  | ReturnType<typeof askAddress>
  | ReturnType<typeof askEmailChangeNow>
  | ReturnType<typeof setPhone>
  | ReturnType<typeof turnOnApp>
  | ReturnType<typeof makeRecoveryCodes>
  | ReturnType<typeof addPasskey>
  | ReturnType<typeof allowPasskey>
  | ReturnType<typeof askAtNewPlaces>
  | ReturnType<typeof keepFactorsNow>
>;

/** The accounts that a request locks besides: whoever holds the address it asks for is notified so. */
export async function alsoLockedFor(request: WideningRequest | undefined): Promise<string[]> {
  return request?.kind === "change-email" ? holdersOf(request.email) : [];
}

/**
 * Carries a granted request out, in the caller's transaction and under the lock of the account.
 *
 * @param lockedToo the other accounts that are locked
 */
export function carryOut(
  tx: Database,
  actor: Actor,
  request: WideningRequest,
  now: Date,
  lockedToo: readonly string[] = [],
): Promise<CarriedOut> {
  switch (request.kind) {
    case "add-place":
      return addPlace(tx, actor, request, now);
    case "trust-browser":
      return trustBrowser(tx, actor, now);
    case "add-address":
      return askAddress(tx, actor, request, now);
    case "change-email":
      return askEmailChangeNow(tx, actor, { ...request, lockedToo }, now);
    case "set-phone":
      return setPhone(tx, actor, request, now);
    case "turn-on-app":
      return turnOnApp(tx, actor, request, now);
    case "make-recovery-codes":
      return makeRecoveryCodes(tx, actor, now);
    case "add-passkey":
      return addPasskey(tx, actor, request, now);
    case "allow-passkey":
      return allowPasskey(tx, actor, request, now);
    case "ask-at-new-places":
      return askAtNewPlaces(tx, actor, now);
    case "keep-factors":
      return keepFactorsNow(tx, actor, now);
  }
}
