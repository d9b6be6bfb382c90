import { expect, test } from "vitest";
import { spanText } from "@/lib/i18n/duration-text";

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

test.each([
  [0.2, "en", "1 second"],
  [41.5, "en", "42 seconds"],
  [119.4, "en", "119 seconds"],
  [120, "en", "2 minutes"],
  [187, "en", "3 minutes, 7 seconds"],
  [181, "fr", "3 minutes et 1 seconde"],
  [90, "pt", "90 segundos"],
  [600, "es", "10 minutos"],
  [754, "en", "12 minutes, 34 seconds"],
  [7199, "en", "119 minutes, 59 seconds"],
  [7200, "en", "2 hours"],
  [93_899, "fr", "26 heures et 4 minutes"],
] as const)("%d seconds in %s are %s", (seconds, locale, words) => {
  expect(plain(spanText(seconds, locale))).toBe(words);
});
