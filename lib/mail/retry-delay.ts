const LONGEST_SECONDS = 60;

/**
 * Seconds until a mail that was not taken is tried again: 1, 2, 4, 8, …, at most a minute.
 *
 * @param attempts how often it was tried, at least 1
 * @param providerAsks seconds the provider asked to wait, where it did (Retry-After)
 */
export function retryDelaySeconds(attempts: number, providerAsks = 0): number {
  const backOff = 2 ** Math.min(attempts - 1, 10);
  return Math.min(LONGEST_SECONDS, Math.max(backOff, providerAsks));
}
