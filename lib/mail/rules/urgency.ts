/** Codes go before links, links before notices: somebody waits at a page for a code. */
export const urgencies = ["code", "link", "notice"] as const;

export type Urgency = (typeof urgencies)[number];

/**
 * After so long a mail of any kind may take one of the slots that are kept for what waits longest.
 */
export const LONG_WAIT_MINUTES = 5;

/**
 * One slot in so many is kept for what waits longest: the more urgent ones never take all of them.
 */
export const LONG_WAIT_EVERY = 20;

/** Whether the next slot is kept for what waits longest, after so many slots. */
export const isForLongWait = (slots: number): boolean =>
  slots % LONG_WAIT_EVERY === LONG_WAIT_EVERY - 1;

/** Whether one mail goes before another that is due as well. */
export const goesBefore = (one: Urgency, other: Urgency): boolean =>
  urgencies.indexOf(one) < urgencies.indexOf(other);
