import { log } from "@/lib/log/log";
import type { BatchTransport } from "@/lib/mail/batch";
import { noteOpening, pauseChannel } from "@/lib/mail/pace-store";
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
  /** Says that a way is paused, as another process asked for, for so many milliseconds. */
  notePause(way: Way, ms: number): void;
};

const clock = () => performance.now();

/** What of a breaker others are shown. */
async function noteBreaker(way: Way, before: Breaker, now: Breaker): Promise<void> {
  const wasClosed = before.state === "closed";
  if (now.state === "closed" && wasClosed) return;
  const seconds = now.state === "closed" ? null : now.pauseMs / 1000;
  if (seconds === null) {
    log.info({ way: way.name }, "A way out takes mail again and is in use.");
  } else if (wasClosed) {
    log.warn(
      { way: way.name, seconds },
      "A way out fails: it is left alone, and tried by one mail.",
    );
  }
  await noteOpening(way.name, seconds).catch((error: unknown) => {
    log.debug({ error }, "That a way out fails or works could not be noted.");
  });
}

/**
 * Holds the ways out, at least one, in the order in which they are tried. One alone is never left: there is
 * nothing else to go by.
 */
export function openWays(all: readonly [Way, ...Way[]]): Ways {
  const breakers = new Map<string, Breaker>();
  const pausedUntil = new Map<string, number>();
  const isAlone = all.length === 1;

  const breakerOf = ({ name }: Way): Breaker => breakers.get(name) ?? closedBreaker;
  const admission = (way: Way) => (isAlone ? "any" : admissionOf(breakerOf(way), clock()));
  const pauseLeft = ({ name }: Way) => Math.max(0, (pausedUntil.get(name) ?? 0) - clock());
  const isOut = (way: Way) => admission(way) === "none" || pauseLeft(way) > 0;

  const notePause = (way: Way, ms: number) => {
    pausedUntil.set(way.name, Math.max(pausedUntil.get(way.name) ?? 0, clock() + ms));
  };

  return {
    inUse() {
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
      const before = breakerOf(way);
      breakers.set(way.name, afterHandOver(before, clock()));
      return before.state !== "tried" || admissionOf(before, clock()) === "one";
    },
    async heard(way, mailId, heard) {
      if (isAlone) return;
      const before = breakerOf(way);
      const now = afterAnswer(before, { mailId, heard, now: clock() });
      breakers.set(way.name, now);
      if (before !== now) await noteBreaker(way, before, now);
    },
    async pause(way, seconds) {
      notePause(way, seconds * 1000);
      if (way.channel !== null) await pauseChannel(way.channel.name, seconds);
    },
    notePause,
  };
}

const soonestOf = (all: readonly [Way, ...Way[]], pauseLeft: (way: Way) => number): Way =>
  all.reduce((soonest, way) => (pauseLeft(way) < pauseLeft(soonest) ? way : soonest), all[0]);
