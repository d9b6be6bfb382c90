import { OUTAGE_ADDRESSES, OUTAGE_CALM_MINUTES } from "@/lib/mail/rules/limits";

/** Why mail is in an outage: it takes long to arrive, or too much of it is not taken. */
export type OutageCause = "slow" | "refused";

/** A cause of a text, from whatever version. */
export const readOutageCause = (text: string): OutageCause =>
  text === "refused" ? "refused" : "slow";

/** From when on mail is in an outage: its median time, and the share that is refused. */
export type OutageLimits = { medianSeconds: number; refusedPercent: number };

/** A code or a link of the last minutes. */
export type RecentMail = {
  recipient: string;
  /** From when it was made until it came; of one on its way: so far. Null: it never comes. */
  seconds: number | null;
  isOnItsWay: boolean;
  /** It was not taken, for a reason that is not its recipient's alone. */
  isRefused: boolean;
};

/** What the mail of the last minutes says, an address counting once. */
export type OutageReading = {
  addresses: number;
  /** Null: there is nothing to say it of. */
  medianSeconds: number | null;
  /** From 0 to 1. */
  refusedShare: number;
};

/** An outage that began and has not ended. */
export type OpenOutage = { because: OutageCause; calmSince: Date | null };

/** What becomes of an outage: none, it begins, it goes on, or it is over. */
export type OutageVerdict =
  | { kind: "none" }
  | { kind: "begins"; because: OutageCause }
  | { kind: "goes-on"; because: OutageCause; calmSince: Date | null }
  | { kind: "ends" };

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/**
 * Measures the mail of the last minutes. Of several to one address the worst counts, once: whose mailbox
 * is slow, and who asks again and again, is not everybody.
 */
export function readOutage(mails: readonly RecentMail[], limits: OutageLimits): OutageReading {
  // On its way for less than half of what is too long, a mail says nothing yet.
  const meaning = mails.filter(
    ({ isOnItsWay, isRefused, seconds }) =>
      isRefused || !isOnItsWay || (seconds ?? 0) >= limits.medianSeconds / 2,
  );
  const worst = new Map<string, { seconds: number | null; isRefused: boolean }>();
  for (const { recipient, seconds, isRefused } of meaning) {
    const known = worst.get(recipient);
    const both = [known?.seconds ?? null, seconds].filter((one) => one !== null);
    worst.set(recipient, {
      seconds: both.length === 0 ? null : Math.max(...both),
      isRefused: isRefused || (known?.isRefused ?? false),
    });
  }
  const each = [...worst.values()];
  const refused = each.filter(({ isRefused }) => isRefused).length;
  return {
    addresses: each.length,
    medianSeconds: median(each.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]))),
    refusedShare: each.length === 0 ? 0 : refused / each.length,
  };
}

function causeOf(reading: OutageReading, limits: OutageLimits, part: number): OutageCause | null {
  if (reading.refusedShare * 100 > limits.refusedPercent * part) return "refused";
  return (reading.medianSeconds ?? 0) > limits.medianSeconds * part ? "slow" : null;
}

/**
 * Judges whether mail is slow or refused for everybody. It takes mail to several addresses for that to
 * begin; it ends after ten minutes below half of what begins it, or without any mail.
 *
 * @param open the outage that has begun; null: none has
 */
export function judgeOutage(
  reading: OutageReading,
  { open, limits, now }: { open: OpenOutage | null; limits: OutageLimits; now: Date },
): OutageVerdict {
  const because = causeOf(reading, limits, 1);
  if (open === null) {
    const isOfMany = reading.addresses >= OUTAGE_ADDRESSES;
    return because === null || !isOfMany ? { kind: "none" } : { kind: "begins", because };
  }
  if (causeOf(reading, limits, 0.5) !== null) {
    return { kind: "goes-on", because: because ?? open.because, calmSince: null };
  }
  const calmSince = open.calmSince ?? now;
  const calmMs = now.getTime() - calmSince.getTime();
  if (calmMs >= OUTAGE_CALM_MINUTES * 60_000) return { kind: "ends" };
  return { kind: "goes-on", because: open.because, calmSince };
}
