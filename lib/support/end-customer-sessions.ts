import { allBut, shutOut } from "@/lib/access/shut-out";
import { recordSupportAct } from "@/lib/audit/record-support-act";
import { findLiveSessions } from "@/lib/sessions/store";
import { type ActRequest, actOnCustomer, type NotDone } from "@/lib/support/act-on-customer";
import { findTrustedBrowsers } from "@/lib/trusted-browser/store";

/** `none`: nobody is signed in, and no browser is trusted. */
export type EndSessionsOutcome =
  | { kind: "ended"; sessions: number; browsers: number }
  | { kind: "none" }
  | NotDone;

/** Ends every session of an account, and the trust in every browser. */
export function endCustomerSessions(request: ActRequest): Promise<EndSessionsOutcome> {
  return actOnCustomer(request, async (tx, { customer, notified, reason, now }) => {
    const { id: accountId } = customer;
    const sessions = (await findLiveSessions(tx, accountId, now)).length;
    const browsers = (await findTrustedBrowsers(tx, accountId, now)).length;
    if (sessions + browsers === 0) return { kind: "none" };
    const keep = { ways: allBut("sessions", "trustedBrowsers") };
    await shutOut(tx, accountId, { because: "ended-by-support", keep, now });
    await recordSupportAct(tx, request.staff, {
      act: "sessions-ended-by-support",
      details: { sessions, browsers },
      notified,
      reason,
      now,
    });
    return { kind: "ended", sessions, browsers };
  });
}
