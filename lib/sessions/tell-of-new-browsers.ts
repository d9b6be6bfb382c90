import type { Actor } from "@/lib/account/actor";
import { isStillSignedIn } from "@/lib/account/change-store";
import { recordOwnChange } from "@/lib/account/record-change";
import { now } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { inTransaction } from "@/lib/db/transaction";
import { storeTellOfNewBrowsers } from "@/lib/sessions/store";

/** Turns the mail about a new browser at a trusted place on or off. The others cannot be turned off. */
export function tellOfNewBrowsers(
  actor: Actor,
  told: boolean,
): Promise<{ kind: "changed" | "unchanged" | "signed-out" }> {
  const { session } = actor;
  return inTransaction(async (tx) => {
    await lockSubject(tx, session.accountId);
    if (!(await isStillSignedIn(tx, session))) return { kind: "signed-out" };
    if (!(await storeTellOfNewBrowsers(tx, session.accountId, told))) return { kind: "unchanged" };
    await recordOwnChange(tx, actor, { kind: "notices-changed", at: now(), about: { told } });
    return { kind: "changed" };
  });
}
