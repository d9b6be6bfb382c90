import { log } from "@/lib/log";
import { type Holder, ShareRefused } from "@/lib/server/connections/fair-shares";

const againAfterMilliseconds = 60_000;

const words = {
  account: "An account asks for more than its share of the connections to the database",
  place: "A place asks for more than its share of the connections to the database",
  all: "Requests ask for more connections to the database than there are",
} as const;

let saidAt = Number.NEGATIVE_INFINITY;
let unsaid = 0;

/**
 * Tells the log of a statement that got no share: one line a minute at most, whoever they are, with the
 * number of those that were not told since the line before.
 */
export function tellOfRefusedShare(holder: Holder, error: unknown): void {
  if (!(error instanceof ShareRefused)) return;
  const moment = performance.now();
  if (moment - saidAt < againAfterMilliseconds) {
    unsaid += 1;
    return;
  }
  const { account: accountId, place } = holder;
  log.warn({ accountId, place, bound: error.bound, more: unsaid }, words[error.bound]);
  saidAt = moment;
  unsaid = 0;
}
