import { type Reported, sayAgain } from "@/lib/heartbeat/rules/say-again";
import type { Trouble } from "@/lib/heartbeat/troubles";
import { log } from "@/lib/log/log";

/**
 * Remembers which troubles were reported: each is a warning when it begins and at growing
 * distances or once an hour, and a line when it is over.
 *
 * @returns what takes the troubles that are there at a time
 */
export function createReporter(): (troubles: readonly Trouble[], now: Date) => void {
  const known = new Map<string, { reported: Reported; over: string }>();
  return (troubles, now) => {
    for (const { key, fields, sentence, over, isHourly = false } of troubles) {
      const { isSaid, reported } = sayAgain(known.get(key)?.reported ?? null, now, { isHourly });
      known.set(key, { reported, over });
      if (isSaid) log.warn(fields, sentence);
    }
    const there = new Set<string>(troubles.map(({ key }) => key));
    for (const [key, { reported, over }] of known) {
      if (there.has(key)) continue;
      known.delete(key);
      const lastedSeconds = Math.round((now.getTime() - reported.beganAt.getTime()) / 1000);
      log.info({ lastedSeconds }, over);
    }
  };
}
