import type { Actor } from "@/lib/account/actor";
import { askAddress } from "@/lib/contact/ask-address";
import type { Database } from "@/lib/db/transaction";
import { setPhone } from "@/lib/phone/set-phone";
import { addPlace } from "@/lib/places/add-place";
import { trustBrowser } from "@/lib/trusted-browser/trust-browser";
import type { WideningRequest } from "@/lib/widening/widening-request";

/** What a granted request led to. */
export type CarriedOut = Awaited<
  | ReturnType<typeof addPlace>
  | ReturnType<typeof trustBrowser>
  | ReturnType<typeof askAddress>
  | ReturnType<typeof setPhone>
>;

/** Carries a granted request out, in the caller's transaction and under the lock of the account. */
export function carryOut(
  tx: Database,
  actor: Actor,
  request: WideningRequest,
  now: Date,
): Promise<CarriedOut> {
  switch (request.kind) {
    case "add-place":
      return addPlace(tx, actor, request, now);
    case "trust-browser":
      return trustBrowser(tx, actor, now);
    case "add-address":
      return askAddress(tx, actor, request, now);
    case "set-phone":
      return setPhone(tx, actor, request, now);
  }
}
