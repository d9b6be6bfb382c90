import {
  COUNTED_ANEW_MINUTES,
  FIGURE_QUARTER_MINUTES,
  FIGURES_KEPT_DAYS,
  HOURS_AT_ONCE,
  QUARTER_SETTLED_SECONDS,
} from "@/lib/figures/rules/limits";
import { afterDays, afterHours, afterMinutes, afterSeconds } from "@/lib/moments";

const QUARTER_MS = FIGURE_QUARTER_MINUTES * 60_000;

const quarterOf = (at: Date) => new Date(Math.floor(at.getTime() / QUARTER_MS) * QUARTER_MS);
const later = (one: Date, other: Date) => (one > other ? one : other);
const sooner = (one: Date, other: Date) => (one < other ? one : other);

/** Up to when nothing more is written of what happened: the beginning of a quarter. */
export const settledAt = (now: Date): Date =>
  quarterOf(afterSeconds(now, -QUARTER_SETTLED_SECONDS));

/** The first quarter that is of use. */
export const firstQuarterAt = (now: Date): Date => quarterOf(afterDays(now, -FIGURES_KEPT_DAYS));

/**
 * Which quarters are to be counted, in spans of one statement each, the oldest first: those since the
 * mark, and those shortly before it anew.
 *
 * @param mark up to when all are counted; null: none is
 */
export function spansToFold(mark: Date | null, now: Date): { from: Date; to: Date }[] {
  const settled = settledAt(now);
  const first = firstQuarterAt(now);
  const anew = afterMinutes(mark === null ? first : sooner(mark, settled), -COUNTED_ANEW_MINUTES);
  const spans: { from: Date; to: Date }[] = [];
  for (let from = later(first, anew); from < settled; ) {
    const to = sooner(settled, afterHours(from, HOURS_AT_ONCE));
    spans.push({ from, to });
    from = to;
  }
  return spans;
}
