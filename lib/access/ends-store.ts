import { type EndCause, readEndCause } from "@/lib/access/rules/causes";
import type { Database } from "@/lib/db/transaction";

/** When a session or the trust in a browser ended; `because` is null where that was not noted. */
export type End = { at: Date; because: EndCause | null };

type Ended = { createdAt: Date; endedAt: Date | null; endedBecause: string | null };

const byBeginning = (rows: Ended[]) =>
  new Map(
    rows.flatMap(({ createdAt, endedAt, endedBecause }): [number, End][] =>
      endedAt === null
        ? []
        : [[createdAt.getTime(), { at: endedAt, because: readEndCause(endedBecause) }]],
    ),
  );

/**
 * The ends of sessions and of trusted browsers of an account by when they began, in milliseconds: the
 * moment of the sign-in and of the activity that stand in its history.
 *
 * @param began of at most a page of each
 */
export async function findEnds(
  database: Database,
  accountId: string,
  began: { sessions?: Date[]; browsers?: Date[] },
): Promise<{ sessions: Map<number, End>; browsers: Map<number, End> }> {
  const { sessions = [], browsers = [] } = began;
  const ended = (dates: Date[]) => ({
    where: { accountId, createdAt: { in: dates }, endedAt: { not: null } },
    select: { createdAt: true, endedAt: true, endedBecause: true },
  });
  return {
    sessions: byBeginning(
      sessions.length === 0 ? [] : await database.session.findMany(ended(sessions)),
    ),
    browsers: byBeginning(
      browsers.length === 0 ? [] : await database.trustedBrowser.findMany(ended(browsers)),
    ),
  };
}
