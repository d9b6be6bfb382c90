import type { Actor } from "@/lib/account/actor";
import { askAddress } from "@/lib/contact/ask-address";
import type { Database } from "@/lib/db/transaction";
import { setPhone } from "@/lib/phone/set-phone";
import { addPlace } from "@/lib/places/add-place";
import { trustBrowser } from "@/lib/trusted-browser/trust-browser";
import type { Wish } from "@/lib/widening/wish";

/** What a granted wish led to. */
export type CarriedOut = Awaited<
  | ReturnType<typeof addPlace>
  | ReturnType<typeof trustBrowser>
  | ReturnType<typeof askAddress>
  | ReturnType<typeof setPhone>
>;

/** Carries a granted wish out, in the caller's transaction and under the lock of the account. */
export function carryOut(tx: Database, actor: Actor, wish: Wish, now: Date): Promise<CarriedOut> {
  switch (wish.kind) {
    case "add-place":
      return addPlace(tx, actor, wish, now);
    case "trust-browser":
      return trustBrowser(tx, actor, now);
    case "add-address":
      return askAddress(tx, actor, wish, now);
    case "set-phone":
      return setPhone(tx, actor, wish, now);
  }
}
