import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { recordOwnChange } from "@/lib/account/record-change";
import { storeTellOfNewBrowsers } from "@/lib/sessions/store";

/** Turns the mail about a new browser at a trusted place on or off. The others cannot be turned off. */
export function tellOfNewBrowsers(
  actor: Actor,
  told: boolean,
): Promise<{ kind: "changed" | "unchanged" | "signed-out" }> {
  const { session } = actor;
  return asCustomer(actor, async (tx, now) => {
    if (!(await storeTellOfNewBrowsers(tx, session.accountId, told))) return { kind: "unchanged" };
    await recordOwnChange(tx, actor, { kind: "notices-changed", now, about: { told } });
    return { kind: "changed" };
  });
}
