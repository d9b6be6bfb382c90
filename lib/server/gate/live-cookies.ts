import type { IncomingHttpHeaders } from "node:http";
import { findLiveSession } from "@/lib/account/session-store";
import { findPending } from "@/lib/challenge/pending-store";
import { readPendingValue } from "@/lib/challenge/pending-value";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { openSession } from "@/lib/secrets/session-token";
import type { Doubled } from "@/lib/server/gate/clean-cookies";
import { withCookie } from "@/lib/server/gate/cookie";
import { isDraftCookie } from "@/lib/server/gate/upload-right";

async function isLive({ purpose }: Doubled, value: string): Promise<boolean> {
  switch (purpose) {
    case "session": {
      const token = openSession(value);
      return token !== null && (await findLiveSession(token.sid)) !== null;
    }
    case "pending": {
      const pending = readPendingValue(value);
      return pending !== null && (await findPending(database, pending, readClock())) !== null;
    }
    case "case":
      return isDraftCookie(value);
    default:
      return true;
  }
}

/**
 * Where a browser sends two cookies of one name that both were made here, lets the one count whose
 * row still stands. Without the database the first one stays.
 */
export async function chooseLiveCookies(
  headers: IncomingHttpHeaders,
  doubled: readonly Doubled[],
): Promise<void> {
  for (const one of doubled) {
    for (const value of one.values) {
      if (!(await isLive(one, decodeURIComponent(value)).catch(() => false))) continue;
      headers.cookie = withCookie(headers.cookie, one.name, value);
      break;
    }
  }
}
