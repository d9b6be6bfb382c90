import fc from "fast-check";
import { expect, test } from "vitest";
import { barScale } from "@/components/bar-scale";

test.each([
  [[1], 1],
  [[3, 2], 5],
  [[5], 5],
  [[6], 10],
  [[10], 10],
  [[11], 20],
  [[187], 200],
  [[1001], 2000],
  [[0.4], 1],
])("%j stand on an axis up to %i", (values, top) => {
  expect(barScale(values).top).toBe(top);
});

test("a bar of half the axis is half as high as the axis", () => {
  expect(barScale([5, 10, 0, null]).heights).toEqual([0.5, 1, 0, 0]);
});

test("one beside thousands is still seen, and nothing is not", () => {
  const { heights } = barScale([1, 5000, 0]);
  expect(heights[0]).toBeGreaterThan(0.01);
  expect(heights[2]).toBe(0);
});

test("without anything there is no axis", () => {
  expect(barScale([0, null, 0])).toEqual({ top: 0, heights: [0, 0, 0] });
  expect(barScale([])).toEqual({ top: 0, heights: [] });
});

test("no bar leaves the axis, and a greater value has no lower bar", () => {
  const values = fc.array(fc.oneof(fc.nat(), fc.constant(null)), { minLength: 2 });
  fc.assert(
    fc.property(values, (given) => {
      const { heights } = barScale(given);
      for (const [index, height] of heights.entries()) {
        expect(height).toBeGreaterThanOrEqual(0);
        expect(height).toBeLessThanOrEqual(1);
        const [value, next] = [given[index] ?? 0, given[index + 1] ?? 0];
        if (value >= next) expect(height).toBeGreaterThanOrEqual(heights[index + 1] ?? 0);
      }
    }),
  );
});
