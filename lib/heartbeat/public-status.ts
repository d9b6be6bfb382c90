import { readClock } from "@/lib/clock";
import { isDatabaseDown } from "@/lib/db/database-down";
import { env } from "@/lib/env/env";
import { databaseState } from "@/lib/heartbeat/health";
import { judgeQueue } from "@/lib/heartbeat/rules/judge-queue";
import { PUBLIC_STATUS_SECONDS } from "@/lib/heartbeat/rules/limits";
import { findQueue } from "@/lib/heartbeat/store";
import { readMailWatch } from "@/lib/mail/fate/mail-watch";
import type { OutageCause } from "@/lib/mail/rules/outage";

/** What anybody may know of what works: no figures, and nobody's data. */
export type PublicStatus = {
  signIn: "works" | "away";
  mail: { kind: "arrives" | "stands" | "unknown" } | { kind: OutageCause; since: Date };
  /** When the canary began the sign-in that failed last; null: it did not fail. */
  canaryFailedAt: Date | null;
  readAt: Date;
};

async function read(): Promise<PublicStatus> {
  const away = (): PublicStatus => ({
    ...{ signIn: "away", mail: { kind: "unknown" }, canaryFailedAt: null },
    readAt: readClock(),
  });
  if ((await databaseState()) !== "ok") return away();
  try {
    const { outage, canaryFailedAt } = await readMailWatch();
    const { codeLifetimeMinutes } = env();
    const queue = await findQueue(readClock(), codeLifetimeMinutes);
    const stands = judgeQueue(queue, codeLifetimeMinutes).kind !== "flows";
    const mail: PublicStatus["mail"] = stands
      ? { kind: "stands" }
      : outage === null
        ? { kind: "arrives" }
        : { kind: outage.because, since: outage.beganAt };
    return { signIn: "works", mail, canaryFailedAt, readAt: readClock() };
  } catch (error) {
    if (isDatabaseDown(error)) return away();
    throw error;
  }
}

type Kept = { status: Promise<PublicStatus>; at: number };

let kept: Kept | null = null;

/** What works, looked at once in ten seconds, however often it is asked. */
export function publicStatus(): Promise<PublicStatus> {
  const now = readClock().getTime();
  if (kept !== null && Math.abs(now - kept.at) < PUBLIC_STATUS_SECONDS * 1000) return kept.status;
  const looked: Kept = { status: read(), at: now };
  kept = looked;
  looked.status.catch(() => {
    if (kept === looked) kept = null;
  });
  return looked.status;
}
