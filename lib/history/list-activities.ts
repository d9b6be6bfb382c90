import { type End, findEnds } from "@/lib/access/ends-store";
import { type ActivityKind, activityKinds } from "@/lib/account/activity-kinds";
import type { Actor } from "@/lib/account/actor";
import { type ClientDetails, detailsOf } from "@/lib/client/client";
import { database } from "@/lib/db/transaction";
import { pageOf, readCursor } from "@/lib/history/rules/page-cursor";
import { findActivities } from "@/lib/history/store";
import { type About, aboutSchema } from "@/lib/mail/facts";

/** Something that changed on an account, as its page shows it. */
export type ShownActivity = ClientDetails & {
  id: string;
  kind: ActivityKind;
  about: About;
  at: Date;
  /** Of a browser that was trusted: when that ended, and why; null: it has not, or is not known any more. */
  ended: End | null;
};

/**
 * A page of what changed on an account, the latest first.
 *
 * @param after where the page before ended, as its address says; from anybody
 */
export async function listActivities(
  session: Actor["session"],
  after: string | null,
): Promise<{ activities: ShownActivity[]; next: string | null }> {
  const found = await findActivities(database, session.accountId, readCursor(after));
  const { rows, next } = pageOf(found);
  const trusted = rows.filter(({ kind }) => kind === "browser-trusted").map(({ at }) => at);
  const { browsers } = await findEnds(database, session.accountId, { browsers: trusted });
  const activities = rows.flatMap(({ id, kind: stored, about, at, ...from }) => {
    const kind = activityKinds.find((known) => known === stored);
    if (kind === undefined) return [];
    const what = aboutSchema.parse(about);
    const ended = (kind === "browser-trusted" && browsers.get(at.getTime())) || null;
    return [{ id, kind, about: what, at, ...detailsOf(from), ended }];
  });
  return { activities, next };
}
