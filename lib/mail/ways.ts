import { log } from "@/lib/log/log";
import type { BatchTransport } from "@/lib/mail/batch";
import { findShown, noteOpening, pauseChannel } from "@/lib/mail/pace-store";
import {
  admissionOf,
  afterAnswer,
  afterHandOver,
  type Breaker,
  closedBreaker,
} from "@/lib/mail/rules/breaker";
import { waysToAsk } from "@/lib/mail/rules/ways-to-ask";
import type { Transport } from "@/lib/mail/transports/transport";

/** A provider whose limit all processes share. */
export type PacedChannel = {
  name: string;
  perSecond: number;
  /** How many mails one process hands over at a time. */
  atOnce: number;
};

/** A way out for mail. */
export type Way = {
  name: string;
  transport: Transport;
  /** Left out: it takes one mail at a time. */
  batch?: BatchTransport;
  /** Its pace, which all processes share; null: it has none. */
  channel: PacedChannel | null;
  /** Whether it sends a mail once, however often it is handed over. */
  knowsRepeats: boolean;
};

/** The ways out of this process, with what it has met at them. */
export type Ways = {
  /** Whether there is one alone, so that there is nothing else to go by. */
  isAlone: boolean;
  /** The one whose slots the next mails take; of a trial one mail alone. */
  inUse(): { way: Way; isTrial: boolean };
  /** Those that a mail is handed to in one try, in their order, where some may have it already. */
  forMail(unsure: readonly string[]): Way[];
  /** Says that a mail is being handed over; false where the way's one trial was begun by another. */
  begin(way: Way): boolean;
  /** Says what was heard of a mail: the way works, or it failed as with any mail. Never throws. */
  heard(way: Way, mailId: string, heard: "works" | "failed"): Promise<void>;
  /** Leaves a way alone for some seconds, in all processes. Throws when the database is away. */
  pause(way: Way, seconds: number): Promise<void>;
  /** Says for how many milliseconds a way is paused, as the database has it for all processes. */
  notePause(way: Way, ms: number): void;
};

const clock = () => performance.now();

/** So often at most the database is asked what was taken back there of ways that are left alone. */
const LOOK_MS = 2_000;

/** What of a breaker others are shown. @returns whether they are */
async function noteBreaker(way: Way, before: Breaker, now: Breaker): Promise<boolean> {
  const wasClosed = before.state === "closed";
  const seconds = now.state === "closed" ? null : now.pauseMs / 1000;
  if (seconds === null) {
    log.info({ way: way.name }, "A way out takes mail again and is in use.");
  } else if (wasClosed) {
    log.warn(
      { way: way.name, seconds },
      "A way out fails: it is left alone, and tried by one mail.",
    );
  }
  return noteOpening(way.name, seconds).catch((error: unknown) => {
    log.debug({ error }, "That a way out fails or works could not be noted.");
    return false;
  });
}

/** What this process knows of a way, and whether others are shown it. */
type Known = { breaker: Breaker; pausedUntil: number; changes: number; shown: number };

/**
 * Holds the ways out, at least one, in the order in which they are tried. One alone is never left: there is
 * nothing else to go by. What the database shows of ways that are left alone ends when it is taken back there.
 */
export function openWays(all: readonly [Way, ...Way[]]): Ways {
  const isAlone = all.length === 1;
  const known = new Map<string, Known>();
  let lookedAt = Number.NEGATIVE_INFINITY;

  const knownOf = ({ name }: Pick<Way, "name">): Known => {
    const of = known.get(name);
    if (of !== undefined) return of;
    const fresh = { breaker: closedBreaker, pausedUntil: 0, changes: 0, shown: 0 };
    known.set(name, fresh);
    return fresh;
  };
  const admission = (way: Way) => (isAlone ? "any" : admissionOf(knownOf(way).breaker, clock()));
  const pauseLeft = (way: Way) => Math.max(0, knownOf(way).pausedUntil - clock());
  const isOut = (way: Way) => admission(way) === "none" || pauseLeft(way) > 0;

  /** Changes what is known of a way, of which others are shown in the end. */
  async function change(way: Way, changed: Partial<Known>, show: () => Promise<boolean>) {
    const of = knownOf(way);
    const number = of.changes + 1;
    Object.assign(of, changed, { changes: number });
    if (await show()) of.shown = Math.max(of.shown, number);
  }

  async function look(): Promise<void> {
    // What changes meanwhile, or is not in the database yet, is not taken back there.
    const before = new Map(all.map((way) => [way.name, { ...knownOf(way) }]));
    for (const { channel, pausedForMs, isSaidToFail } of await findShown([...before.keys()])) {
      const of = knownOf({ name: channel });
      if (of.changes !== of.shown || of.changes !== before.get(channel)?.shown) continue;
      of.pausedUntil = clock() + pausedForMs;
      if (isSaidToFail || of.breaker.state === "closed") continue;
      of.breaker = closedBreaker;
      log.info({ way: channel }, "A way out is in use again, as the database says.");
    }
  }

  function lookAgain(): void {
    if (isAlone || clock() - lookedAt < LOOK_MS || !all.some(isOut)) return;
    lookedAt = clock();
    look().catch((error: unknown) => {
      log.debug({ error }, "What is shown of the ways out could not be looked up.");
    });
  }

  return {
    isAlone,
    inUse() {
      lookAgain();
      const usable = all.find((way) => !isOut(way));
      // Nothing is handed to one that is paused; one that fails may have recovered.
      const way = usable ?? all.find((one) => pauseLeft(one) === 0) ?? soonestOf(all, pauseLeft);
      return { way, isTrial: usable !== undefined && admission(usable) === "one" };
    },
    forMail: (unsure) =>
      waysToAsk(
        all.map((way) => ({ ...way, isOut: isOut(way), way })),
        unsure,
      ).map(({ way }) => way),
    begin(way) {
      if (isAlone) return true;
      const { breaker: before } = knownOf(way);
      knownOf(way).breaker = afterHandOver(before, clock());
      return before.state !== "tried" || admissionOf(before, clock()) === "one";
    },
    async heard(way, mailId, heard) {
      if (isAlone) return;
      const { breaker: before } = knownOf(way);
      const breaker = afterAnswer(before, { mailId, heard, now: clock() });
      const isShown =
        before !== breaker && (before.state !== "closed" || breaker.state !== "closed");
      if (isShown) await change(way, { breaker }, () => noteBreaker(way, before, breaker));
      else knownOf(way).breaker = breaker;
    },
    async pause(way, seconds) {
      const pausedUntil = Math.max(knownOf(way).pausedUntil, clock() + seconds * 1000);
      await change(way, { pausedUntil }, async () => {
        if (way.channel !== null) await pauseChannel(way.channel.name, seconds);
        return true;
      });
    },
    notePause(way, ms) {
      knownOf(way).pausedUntil = clock() + ms;
    },
  };
}

const soonestOf = (all: readonly [Way, ...Way[]], pauseLeft: (way: Way) => number): Way =>
  all.reduce((soonest, way) => (pauseLeft(way) < pauseLeft(soonest) ? way : soonest), all[0]);
