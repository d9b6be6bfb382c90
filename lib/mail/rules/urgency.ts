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

/**
 * Whether the next slot is kept for what waits longest, or one was that was taken with others at once.
 *
 * @param slots that were taken so far
 * @param before how many those were when this was asked last
 */
export const isForLongWait = (slots: number, before = slots - 1): boolean =>
  Math.floor((slots + 1) / LONG_WAIT_EVERY) > Math.floor((before + 1) / LONG_WAIT_EVERY);
