import { expect, test } from "vitest";
import { dayText, numberText, shareText } from "@/lib/figures/figure-words";

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

test.each([
  [0.834, "en", "83%"],
  [0.834, "fr", "83 %"],
  [0.0042, "es", "0,4 %"],
  [0, "pt", "0%"],
  [1, "en", "100%"],
] as const)("a share of %d in %s is %s", (share, locale, words) => {
  expect(plain(shareText(share, locale))).toBe(words);
});

test("a day is written as it stands in the calendar, in whichever zone the machine is", () => {
  expect(dayText("2026-11-22", "en")).toBe("22 Nov");
  expect(dayText("2026-11-22", "pt")).toBe("22/11");
});

test("numbers are written as their language does", () => {
  expect(plain(numberText(12345, "fr"))).toBe("12 345");
  expect(numberText(12345, "en")).toBe("12,345");
});
