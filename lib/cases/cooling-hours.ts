import { shortestCoolingHours } from "@/lib/cases/rules/limits";
import { env } from "@/lib/env/env";

/** Hours from an approval until the change: as they are, and from a place that was trusted for long. */
export function coolingHours(): { usual: number; short: number } {
  return { usual: env().caseCoolingHours, short: shortestCoolingHours(env()) };
}
