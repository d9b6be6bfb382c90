import type { OutageCause } from "@/lib/mail/rules/outage";
import type { Urgency } from "@/lib/mail/rules/urgency";

/** Up to so many seconds each bucket of a time counts; one more counts the rest. */
export const timeBuckets = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600] as const;

/** How often something took how long. */
export type Times = {
  /** How often for each of `timeBuckets` and for what took longer, each by itself. */
  counts: readonly number[];
  sumSeconds: number;
};

/** How the mail of one transport fares: until it was taken, and until it arrived. */
export type WayTimes = { transport: string; accepted: Times; delivered: Times };

/** A sign-in of the canary that ended, and how long its mail took; null: that did not come. */
export type CanaryRun = { endedAt: Date; isRight: boolean; mailSeconds: number | null };

/** How the installation fares: nobody is named. What happened is of the last hour. */
export type Metrics = {
  queue: { urgency: Urgency; waiting: number; oldestSeconds: number }[];
  times: WayTimes[];
  /** From when the first mail with a code had left until the right code was typed. */
  typed: Times;
  failures: { transport: string; reason: string; count: number }[];
  /** The largest receiving domains, and "other"; the failures of each by the transport that they left by. */
  domains: { domain: string; mails: number; failures: { transport: string; count: number }[] }[];
  ways: { transport: string; openSeconds: number; pausedSeconds: number }[];
  marked: { because: string; count: number }[];
  signIns: { verdict: string; count: number }[];
  outage: OutageCause | null;
  /** For how long Resend has said nothing of mails that it took; null: it took none, or is not to say anything. */
  sinceWebhookSeconds: number | null;
  /** The canary's last sign-in that ended; null: there is no canary. */
  canary: { lastRun: CanaryRun | null } | null;
  hashes: { atWork: number; waiting: number };
};

export const countOf = ({ counts }: Times): number => counts.reduce((sum, one) => sum + one, 0);

/**
 * Below how many seconds a share of the times lies, by the bucket it falls into; infinite beyond the last,
 * null of none.
 */
export function quantileOf(times: Times, share: number): number | null {
  const total = countOf(times);
  if (total === 0) return null;
  let passed = 0;
  for (const [index, bound] of timeBuckets.entries()) {
    passed += times.counts[index] ?? 0;
    if (passed >= share * total) return bound;
  }
  return Number.POSITIVE_INFINITY;
}
