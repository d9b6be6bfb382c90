import { log } from "@/lib/log/log";

const againAfterMilliseconds = 60_000;

let saidAt = Number.NEGATIVE_INFINITY;
let unsaid = 0;

/** Reports that a form was refused because too many wait: one line a minute at most, with how many more. */
export function reportCrowd(): void {
  const moment = performance.now();
  if (moment - saidAt < againAfterMilliseconds) {
    unsaid += 1;
    return;
  }
  log.warn({ more: unsaid }, "More passwords come than this machine can look at");
  saidAt = moment;
  unsaid = 0;
}
