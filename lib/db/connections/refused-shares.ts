import { ShareRefused } from "@/lib/db/connections/fair-shares";
import { log } from "@/lib/log/log";
import type { Holder } from "@/lib/log/request-context";

const againAfterMilliseconds = 60_000;

const words = {
  connections: {
    account: "An account asks for more than its share of the connections to the database",
    network: "A network asks for more than its share of the connections to the database",
    all: "Requests ask for more connections to the database than there are",
  },
  answers: {
    account: "An account asks for more answers at once than its share",
    network: "A network asks for more answers at once than its share",
    all: "Requests ask for more answers at once than there are",
  },
} as const;

let saidAt = Number.NEGATIVE_INFINITY;
let unsaid = 0;

/**
 * Reports a statement or an answer that got no share: one line a minute at most, whoever they
 * are, with the number of those that were not reported since the line before.
 */
export function reportRefusedShare(
  holder: Holder | undefined,
  error: unknown,
  of: keyof typeof words = "connections",
): void {
  if (!(error instanceof ShareRefused) || holder === undefined) return;
  const moment = performance.now();
  if (moment - saidAt < againAfterMilliseconds) {
    unsaid += 1;
    return;
  }
  const { account: accountId, network } = holder;
  log.warn({ accountId, network, bound: error.bound, more: unsaid }, words[of][error.bound]);
  saidAt = moment;
  unsaid = 0;
}
