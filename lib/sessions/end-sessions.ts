import { allBut, shutOut } from "@/lib/access/shut-out";
import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { recordOwnChange } from "@/lib/account/record-change";
import { deviceOf } from "@/lib/client/device-name";
import { endOneSession, findSession } from "@/lib/sessions/store";
import { isId } from "@/lib/typed/is-id";

/** `unknown`: this account never had such a session. */
export type EndOutcome = { kind: "ended" | "already-ended" | "unknown" | "signed-out" };

/**
 * Ends one session of one's own account; it is out on its next request.
 *
 * @param id as the form says it, from anybody
 */
export function endOwnSession(actor: Actor, id: string): Promise<EndOutcome> {
  const { session } = actor;
  const { accountId } = session;
  return asCustomer(actor, async (tx, now): Promise<EndOutcome> => {
    const found = isId(id) ? await findSession(tx, { id, accountId }) : null;
    if (found === null) return { kind: "unknown" };
    if (!(await endOneSession(tx, id, now))) return { kind: "already-ended" };
    const about = deviceOf(found.userAgent);
    await recordOwnChange(tx, actor, { kind: "session-ended", now, about });
    return { kind: "ended" };
  });
}

/** Ends every other session of one's own account, and the trust in every other browser. */
export function endOtherSessions(actor: Actor): Promise<{ kind: "ended" | "none" | "signed-out" }> {
  const { session, browserId } = actor;
  const { accountId } = session;
  return asCustomer(actor, async (tx, now) => {
    const ways = allBut("sessions", "trustedBrowsers");
    const keep = { ways, session: session.id, browser: browserId };
    const out = await shutOut(tx, accountId, { because: "signed-out-elsewhere", keep, now });
    if (out.sessions + out.trustedBrowsers === 0) return { kind: "none" };
    await recordOwnChange(tx, actor, { kind: "sessions-ended", now });
    return { kind: "ended" };
  });
}
