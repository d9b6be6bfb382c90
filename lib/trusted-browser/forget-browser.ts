import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { recordOwnChange } from "@/lib/account/record-change";
import { deviceOf } from "@/lib/client/device-name";
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
  return asCustomer(actor, async (tx, now) => {
    const found = isId(id) ? await findTrustedBrowser(tx, { id, accountId }) : null;
    if (found === null) return { kind: "unknown" };
    const ended = await endTrustedBrowser(tx, { id, because: "removed", now });
    if (!ended) return { kind: "already-forgotten" };
    const about = deviceOf(found.userAgent);
    await recordOwnChange(tx, actor, { kind: "browser-forgotten", now, about });
    return { kind: "forgotten" };
  });
}
