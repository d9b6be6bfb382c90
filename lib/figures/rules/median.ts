/** How often each value occurs, by value. */
export type Histogram = ReadonlyMap<number, number>;

/** Several histograms as one. */
export function together(parts: readonly Histogram[]): Histogram {
  const all = new Map<number, number>();
  for (const part of parts) {
    for (const [value, count] of part) all.set(value, (all.get(value) ?? 0) + count);
  }
  return all;
}

/** The value in the middle; of an even count, the mean of the two in the middle. Null of none. */
export function medianOf(histogram: Histogram): number | null {
  const values = [...histogram].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  const total = values.reduce((sum, [, count]) => sum + count, 0);
  const at = (position: number) => {
    let passed = 0;
    return values.find(([, count]) => {
      passed += count;
      return passed > position;
    })?.[0];
  };
  const [low, high] = [at(Math.floor((total - 1) / 2)), at(Math.floor(total / 2))];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
