import { expect, test } from "vitest";
import { readTypedNumber } from "@/lib/let-in/rules/typed-number";

test.each([
  ["42", 42],
  [" 4 2 ", 42],
  ["４２", 42],
  ["10", 10],
  ["07", 7],
])("%j is the number %i", (typed, number) => {
  expect(readTypedNumber(typed)).toBe(number);
});

test.each(["", "4", "420", "4a", "-4", "4.2", "IV", "9".repeat(200)])(
  "%j is no number of two digits",
  (typed) => {
    expect(readTypedNumber(typed)).toBeNull();
  },
);
