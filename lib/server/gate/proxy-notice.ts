import { log } from "@/lib/log/log";

const againAfterMilliseconds = 60_000;
let saidAt = Number.NEGATIVE_INFINITY;

/** What to report to an operator who has put a proxy in front and not named it. */
export const forgottenProxy =
  "A request came through a reverse proxy that TRUSTED_PROXIES does not name, so the address of the customer is unknown and every sign-in will ask for a code: set TRUSTED_PROXIES to the proxy's address and start again.";

/** Reports a forgotten proxy, once a minute at most. */
export function nameForgottenProxy(): void {
  const moment = performance.now();
  if (moment - saidAt < againAfterMilliseconds) return;
  saidAt = moment;
  log.error(forgottenProxy);
}
