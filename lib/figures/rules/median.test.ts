import fc from "fast-check";
import { expect, test } from "vitest";
import { medianOf, together } from "@/lib/figures/rules/median";

const histogramOf = (values: number[]) => together(values.map((value) => new Map([[value, 1]])));

test("the median of a histogram is that of its values, one by one", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1 }), (values) => {
      const sorted = values.toSorted((a, b) => a - b);
      const [low = Number.NaN, high = Number.NaN] = [
        sorted[Math.floor((sorted.length - 1) / 2)],
        sorted[Math.floor(sorted.length / 2)],
      ];
      expect(medianOf(histogramOf(values))).toBe((low + high) / 2);
    }),
  );
});

test("of nothing there is no median", () => {
  expect(medianOf(new Map())).toBeNull();
  expect(medianOf(new Map([[7, 0]]))).toBeNull();
});
