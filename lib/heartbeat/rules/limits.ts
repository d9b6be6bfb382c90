/** How often a process gives a sign of life. */
export const BEAT_SECONDS = 5;

/**
 * Without a sign for longer a process counts as gone or hanging: three beats may be missed, for a
 * statement may take the database 15 seconds.
 */
export const ALIVE_SECONDS = 20;

/** How often each process looks at the mail that waits and at the others. */
export const LOOK_SECONDS = 10;

/**
 * A code mail that waits longer stands still: a try takes 10 seconds at most and a refused one is
 * tried again within 60, and `/verify` asks people for a minute or two.
 */
const STANDING_SECONDS = 120;

/** From when a code mail stands still; never later than half of the code's life, when it still helps. */
export function standingSeconds(codeLifetimeMinutes: number): number {
  return Math.min(STANDING_SECONDS, (codeLifetimeMinutes * 60) / 2);
}

/** A worker whose mail all fails: as many tries in a row, over as long, the last no longer ago. */
export const FAILING_TRIES = 3;
export const FAILING_SECONDS = 30;
export const FAILING_RECENT_SECONDS = 120;

/** From when it is a trouble that the mailbox of returned mail, which is read each minute, is not. */
export const RETURNS_LATE_SECONDS = 300;

/** How long what is known of an ended process is kept. */
export const ENDED_KEPT_DAYS = 1;

/** How long the public page of what works says the same. */
export const PUBLIC_STATUS_SECONDS = 10;

/** How often each process looks whether mail arrives, beside the worker's job. */
export const WATCH_SECONDS = 60;

/** How far back metrics count what happened. */
export const METRICS_MINUTES = 60;

/** How long metrics say the same, and how many receiving domains they name. */
export const METRICS_SECONDS = 10;
export const METRICS_DOMAINS = 20;
