import type { Actor } from "@/lib/account/actor";
import { isStillSignedIn } from "@/lib/account/change-store";
import { recordOwnChange } from "@/lib/account/record-change";
import { deviceOf } from "@/lib/client/device-name";
import { now } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { inTransaction } from "@/lib/db/transaction";
import { endTrustedBrowser, findTrustedBrowser } from "@/lib/trusted-browser/store";
import { isId } from "@/lib/typed/is-id";

/** `unknown`: this account never trusted such a browser. */
export type ForgetOutcome = { kind: "forgotten" | "already-forgotten" | "unknown" | "signed-out" };

/**
 * Ends the trust in a browser of one's own account. It narrows access, so that no password is asked.
 *
 * @param id as the form says it, from anybody
 */
export function forgetBrowser(actor: Actor, id: string): Promise<ForgetOutcome> {
  const { session } = actor;
  const { accountId } = session;
  return inTransaction(async (tx) => {
    await lockSubject(tx, accountId);
    if (!(await isStillSignedIn(tx, session))) return { kind: "signed-out" };
    const found = isId(id) ? await findTrustedBrowser(tx, { id, accountId }) : null;
    if (found === null) return { kind: "unknown" };
    const at = now();
    const ended = await endTrustedBrowser(tx, { id, because: "removed", at });
    if (!ended) return { kind: "already-forgotten" };
    const about = deviceOf(found.userAgent);
    await recordOwnChange(tx, actor, { kind: "browser-forgotten", at, about });
    return { kind: "forgotten" };
  });
}
