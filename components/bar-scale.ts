/** How bars stand on an axis. */
export type BarScale = {
  /** The value at the axis' upper end, a round number; 0 without any bar. */
  top: number;
  /** The bars' heights as shares of the axis, from 0 to 1. */
  heights: number[];
};

// A bar of one beside one of thousands is still to be seen.
const LEAST_SHARE = 0.02;

/** The least of 1, 2, 5, 10, 20, 50, 100, … that is not below a value greater than 0. */
function roundedUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5].find((one) => one * power >= value) ?? 10;
  return Math.max(1, factor * power);
}

/**
 * Sets values to one axis that begins at 0.
 *
 * @param values null or 0: no bar
 */
export function barScale(values: readonly (number | null)[]): BarScale {
  const greatest = Math.max(0, ...values.map((value) => value ?? 0));
  if (greatest === 0) return { top: 0, heights: values.map(() => 0) };
  const top = roundedUp(greatest);
  const heights = values.map((value) => (value ? Math.max(value / top, LEAST_SHARE) : 0));
  return { top, heights };
}
