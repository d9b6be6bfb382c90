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
  /**
   * What it counts once with all others of: its address. Where that was typed by whoever asked, and is no
   * account's, their network: they may have any number of addresses.
   */
  countsAs: string;
  isTyped: boolean;
  /** The last two names of its domain. */
  site: string;
  /** From when it was made until it came; of one on its way: so far. Null: it never comes. */
  seconds: number | null;
  /** From when it was made until the way out took it; of one that was not taken: so far. */
  waitedSeconds: number;
  isOnItsWay: boolean;
  /** It was not taken, for a reason that is not its recipient's alone. */
  isRefused: boolean;
  /** That was the way out's own doing. */
  isPutOff: boolean;
};

/** Whose mail shows that it is slow, or refused. */
export type Witnesses = {
  /** How many: an address counts once, as do all that were typed from one network. */
  addresses: number;
  /** Whether one of them is an account's, or the way out itself did not take a mail. */
  areKnown: boolean;
  /** At how many domains they are, by their last two names. */
  sites: number;
};

/** What the mail of the last minutes says, an address counting once. */
export type OutageReading = {
  addresses: number;
  /** Null: there is nothing to say it of. */
  medianSeconds: number | null;
  /** From 0 to 1. */
  refusedShare: number;
  refused: Witnesses;
  /** Of mail that takes longer than what begins an outage, and than half of it. */
  slow: Witnesses;
  halfSlow: Witnesses;
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

function witnesses(mails: readonly RecentMail[], limits: OutageLimits): Witnesses {
  const isOfWayOut = ({ isPutOff, waitedSeconds }: RecentMail) =>
    isPutOff || waitedSeconds > limits.medianSeconds;
  return {
    addresses: new Set(mails.map(({ countsAs }) => countsAs)).size,
    areKnown: mails.some((mail) => !mail.isTyped || isOfWayOut(mail)),
    sites: new Set(mails.map(({ site }) => site)).size,
  };
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
  for (const { countsAs, seconds, isRefused } of meaning) {
    const known = worst.get(countsAs);
    const both = [known?.seconds ?? null, seconds].filter((one) => one !== null);
    worst.set(countsAs, {
      seconds: both.length === 0 ? null : Math.max(...both),
      isRefused: isRefused || (known?.isRefused ?? false),
    });
  }
  const each = [...worst.values()];
  const refused = each.filter(({ isRefused }) => isRefused).length;
  const slowerThan = (limit: number) =>
    witnesses(
      meaning.filter(({ seconds }) => (seconds ?? 0) > limit),
      limits,
    );
  return {
    addresses: each.length,
    medianSeconds: median(each.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]))),
    refusedShare: each.length === 0 ? 0 : refused / each.length,
    refused: witnesses(
      meaning.filter(({ isRefused }) => isRefused),
      limits,
    ),
    slow: slowerThan(limits.medianSeconds),
    halfSlow: slowerThan(limits.medianSeconds / 2),
  };
}

// Addresses that anybody may type are at servers of their own: alone they say something of two at least.
const areEverybody = ({ addresses, areKnown, sites }: Witnesses) =>
  addresses >= OUTAGE_ADDRESSES && (areKnown || sites >= 2);
const areHeard = (found: Witnesses) => found.areKnown || areEverybody(found);

function causeOf(
  reading: OutageReading,
  limits: OutageLimits,
  from: { part: number; slow: Witnesses; areEnough: (found: Witnesses) => boolean },
): OutageCause | null {
  const { part, slow, areEnough } = from;
  const isRefused = reading.refusedShare * 100 > limits.refusedPercent * part;
  if (isRefused && areEnough(reading.refused)) return "refused";
  const isSlow = (reading.medianSeconds ?? 0) > limits.medianSeconds * part;
  return isSlow && areEnough(slow) ? "slow" : null;
}

/**
 * Judges whether mail is slow or refused for everybody. It takes three addresses where it is for that to
 * begin, and more than those that one stranger may type; it ends after ten minutes below half of what begins
 * it, or without any mail.
 *
 * @param open the outage that has begun; null: none has
 */
export function judgeOutage(
  reading: OutageReading,
  { open, limits, now }: { open: OpenOutage | null; limits: OutageLimits; now: Date },
): OutageVerdict {
  const { slow, halfSlow } = reading;
  const because = causeOf(reading, limits, { part: 1, slow, areEnough: areEverybody });
  if (open === null) return because === null ? { kind: "none" } : { kind: "begins", because };
  const kept = causeOf(reading, limits, { part: 0.5, slow: halfSlow, areEnough: areHeard });
  if (kept !== null) {
    return { kind: "goes-on", because: because ?? open.because, calmSince: null };
  }
  const calmSince = open.calmSince ?? now;
  const calmMs = now.getTime() - calmSince.getTime();
  if (calmMs >= OUTAGE_CALM_MINUTES * 60_000) return { kind: "ends" };
  return { kind: "goes-on", because: open.because, calmSince };
}
