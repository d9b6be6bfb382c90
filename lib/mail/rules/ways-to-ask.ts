/** A way out as far as the order of ways goes. */
export type WayToAsk = {
  name: string;
  /** Whether it sends a mail once, however often it is asked. */
  knowsRepeats: boolean;
  /** Whether its breaker is open or it asked to be left alone. */
  isOut: boolean;
};

/**
 * The ways that a mail is handed to in one try, in their order, until one takes it.
 *
 * @param ways in the operator's order
 * @param unsure those that may have it already, by their names: the one that knows repeats is asked again
 *   first; one that does not is the last resort, as each time may be one more copy
 * @returns never empty where there are ways: of those that are all out, the first is asked
 */
export function waysToAsk<Way extends WayToAsk>(
  ways: readonly Way[],
  unsure: readonly string[],
): Way[] {
  const mayHaveIt = ({ name }: Way) => unsure.includes(name);
  const again = ways.filter((way) => way.knowsRepeats && mayHaveIt(way));
  const others = ways.filter((way) => !mayHaveIt(way));
  // A mail is not given up for that it may have arrived: a process may have died before it handed it over.
  const lastResort = ways.filter((way) => isLastResort(way, unsure));
  const asked = [...again, ...others, ...lastResort];
  const usable = asked.filter(({ isOut }) => !isOut);
  return usable.length > 0 ? usable : asked.slice(0, 1);
}

/** Whether a way is asked only where no other takes a mail, as it would send another copy of it. */
export const isLastResort = (
  { name, knowsRepeats }: Pick<WayToAsk, "name" | "knowsRepeats">,
  unsure: readonly string[],
): boolean => !knowsRepeats && unsure.includes(name);

/**
 * Whether what is handed to a way says that the mail may come twice. A way that knows repeats is given the
 * same bytes each time: only what was there before it was first asked counts.
 *
 * @param unsure the names of ways that may have it already, the first first
 */
export function maySendTwice(
  unsure: readonly string[],
  { name, knowsRepeats }: Pick<WayToAsk, "name" | "knowsRepeats">,
): boolean {
  const first = unsure.indexOf(name);
  return (knowsRepeats && first !== -1 ? unsure.slice(0, first) : unsure).length > 0;
}

const FIRST_UNSURE_SECONDS = 5;
const LONGEST_UNSURE_SECONDS = 6 * 60 * 60;

/**
 * Seconds until a mail is handed again to a way that does not know repeats and may have it: each time five
 * times as long, as each may be one more copy.
 *
 * @param times how often that was, at least 1
 */
export const unsureDelaySeconds = (times: number): number =>
  Math.min(LONGEST_UNSURE_SECONDS, FIRST_UNSURE_SECONDS * 5 ** Math.min(times - 1, 10));
