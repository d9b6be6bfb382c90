import type { Actor } from "@/lib/account/actor";
import { type ClientDetails, detailsOf } from "@/lib/client/client";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { findLiveSessions } from "@/lib/sessions/store";

/** A session as its page shows it. */
export type ShownSession = ClientDetails & {
  id: string;
  /** The name of the trusted place it began from; null where it has none. */
  placeName: string | null;
  since: Date;
  lastSeenAt: Date;
  isThisOne: boolean;
};

/** The open sessions of an account: the one that asks first, then the last seen. */
export async function listSessions(session: Actor["session"]): Promise<ShownSession[]> {
  const rows = await findLiveSessions(database, session.accountId, readClock());
  const shown = rows.map(({ id, createdAt, lastSeenAt, placeName, ...from }) => ({
    id,
    ...detailsOf(from),
    placeName,
    since: createdAt,
    lastSeenAt,
    isThisOne: id === session.id,
  }));
  return [...shown.filter((one) => one.isThisOne), ...shown.filter((one) => !one.isThisOne)];
}
