import { readClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import type { Metrics } from "@/lib/heartbeat/metrics";
import {
  countMarked,
  countVerdicts,
  findDomains,
  findFailures,
  findLastCanaryRun,
  findSilentSince,
  findTimes,
  findTypedTimes,
  findWaiting,
  findWays,
} from "@/lib/heartbeat/metrics-store";
import { METRICS_MINUTES, METRICS_SECONDS } from "@/lib/heartbeat/rules/limits";
import { readMailWatch } from "@/lib/mail/fate/mail-watch";
import { afterMinutes } from "@/lib/moments";
import { countHashes } from "@/lib/password/password-hash";

type Counted = Omit<Metrics, "hashes">;

// One after the other: whoever measures takes one connection.
async function count(): Promise<Counted> {
  const now = readClock();
  const since = afterMinutes(now, -METRICS_MINUTES);
  const { emailTransports: transports, resendWebhookSecret, canary } = env();
  const { outage } = await readMailWatch();
  const silentSince = resendWebhookSecret === undefined ? null : await findSilentSince();
  return {
    queue: await findWaiting(now),
    times: await findTimes(since, transports),
    typed: await findTypedTimes(since),
    failures: await findFailures(since),
    domains: await findDomains(since),
    ways: await findWays(transports),
    marked: await countMarked(),
    signIns: await countVerdicts(since),
    outage: outage?.because ?? null,
    sinceWebhookSeconds:
      silentSince === null ? null : Math.max(0, (now.getTime() - silentSince.getTime()) / 1000),
    canary: canary === null ? null : { lastRun: await findLastCanaryRun() },
  };
}

let kept: { counted: Promise<Counted>; at: number } | null = null;

/**
 * How the installation fares, counted in the database at most every ten seconds, so that all processes say the
 * same; the hashes are this process's own, of now.
 *
 * @throws when the database is away
 */
export async function readMetrics(): Promise<Metrics> {
  const now = readClock().getTime();
  if (kept === null || Math.abs(now - kept.at) >= METRICS_SECONDS * 1000) {
    const looked = { counted: count(), at: now };
    kept = looked;
    looked.counted.catch(() => {
      if (kept === looked) kept = null;
    });
  }
  return { ...(await kept.counted), hashes: countHashes() };
}
