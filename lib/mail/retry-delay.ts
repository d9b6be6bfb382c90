const LONGEST_BASE_SECONDS = 48;
const JITTER = 0.25;

/**
 * Seconds until a mail that was not taken is tried again: 1, 2, 4, 8, …, and up to a quarter more, so
 * that mails refused together do not come back together; at most a minute.
 *
 * @param attempts how often it was tried, at least 1
 * @param chance from 0 to 1
 */
export function retryDelaySeconds(attempts: number, chance: number): number {
  const backOff = Math.min(LONGEST_BASE_SECONDS, 2 ** Math.min(attempts - 1, 10));
  return backOff * (1 + JITTER * chance);
}

const DEFAULT_PAUSE_SECONDS = 2;
const LONGEST_PAUSE_SECONDS = 60 * 60;

/**
 * Seconds for which a provider that had too much is left alone: as long as it asks for, not capped at a
 * minute. After an hour it is asked again whatever it said: that costs one mail's try.
 *
 * @param providerAsks its Retry-After in seconds; 0: it named none
 */
export function pauseSeconds(providerAsks: number): number {
  return Math.min(LONGEST_PAUSE_SECONDS, providerAsks > 0 ? providerAsks : DEFAULT_PAUSE_SECONDS);
}
