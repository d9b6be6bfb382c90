import { expect, test } from "vitest";
import { ageText } from "@/app/support/cases/age-text";

const now = new Date("2026-11-22T12:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

test.each([
  [0, "1 minute ago"],
  [-5, "1 minute ago"],
  [59.9, "59 minutes ago"],
  [60, "1 hour ago"],
  [24 * 60 - 1, "23 hours ago"],
  [24 * 60, "1 day ago"],
  [400 * 24 * 60, "400 days ago"],
])("what is %d minutes old was %s", (minutes, text) => {
  expect(ageText(minutesAgo(minutes), now, "en")).toBe(text);
});

test("the age is written in the language of the page", () => {
  expect(ageText(minutesAgo(180), now, "fr")).toBe("il y a 3 heures");
  expect(ageText(minutesAgo(180), now, "pt")).toBe("há 3 horas");
  expect(ageText(minutesAgo(180), now, "es")).toBe("hace 3 horas");
});
