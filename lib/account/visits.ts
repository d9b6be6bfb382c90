import type { LiveSession } from "@/lib/account/session-store";
import { type ClientDetails, detailsOf } from "@/lib/client/client";

/** When, from where and with what somebody got in. */
export type Visit = ClientDetails & { at: Date };

/** This session's beginning, and the sign-in before it if there was one. */
export function visitsOf(session: LiveSession): { present: Visit; last: Visit | null } {
  const { lastSignIn: last } = session;
  return {
    present: { at: session.createdAt, ...detailsOf(session) },
    last: last && { at: last.at, ...detailsOf(last) },
  };
}
