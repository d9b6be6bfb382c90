import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { recordOwnChange } from "@/lib/account/record-change";
import { storeNotifyOfNewBrowsers } from "@/lib/sessions/store";

/** Turns the mail about a new browser at a trusted place on or off. The others cannot be turned off. */
export function notifyOfNewBrowsers(
  actor: Actor,
  isNotified: boolean,
): Promise<{ kind: "changed" | "unchanged" | "signed-out" }> {
  const { session } = actor;
  return asCustomer(actor, async (tx, now) => {
    if (!(await storeNotifyOfNewBrowsers(tx, session.accountId, isNotified)))
      return { kind: "unchanged" };
    await recordOwnChange(tx, actor, { kind: "notices-changed", now, about: { told: isNotified } });
    return { kind: "changed" };
  });
}
