import { RETURNS_LATE_SECONDS } from "@/lib/heartbeat/rules/limits";

/**
 * Whether mail that comes back is not read any more: a mailbox that fails for a minute or two is no trouble,
 * as what came meanwhile is still there.
 *
 * @param failingSeconds since reading it failed first; null: it does not fail
 */
export const areReturnsUnread = (failingSeconds: number | null): boolean =>
  failingSeconds !== null && failingSeconds >= RETURNS_LATE_SECONDS;
