import { sayAgain, type Told } from "@/lib/heartbeat/rules/say-again";
import type { Trouble } from "@/lib/heartbeat/troubles";
import { log } from "@/lib/log/log";

/**
 * Remembers which troubles were told of: each is a warning when it begins and at growing distances,
 * and a line when it is over.
 *
 * @returns what takes the troubles that are there at a time
 */
export function createTeller(): (troubles: readonly Trouble[], now: Date) => void {
  const known = new Map<string, { told: Told; over: string }>();
  return (troubles, now) => {
    for (const { key, fields, sentence, over } of troubles) {
      const { isSaid, told } = sayAgain(known.get(key)?.told ?? null, now);
      known.set(key, { told, over });
      if (isSaid) log.warn(fields, sentence);
    }
    const there = new Set(troubles.map(({ key }) => key));
    for (const [key, { told, over }] of known) {
      if (there.has(key)) continue;
      known.delete(key);
      const lastedSeconds = Math.round((now.getTime() - told.beganAt.getTime()) / 1000);
      log.info({ lastedSeconds }, over);
    }
  };
}
