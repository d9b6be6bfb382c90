import { describe, expect, test } from "vitest";
import { findChoices } from "@/components/scripts/find-choices";
import { locales } from "@/lib/i18n/locales";
import { zoneChoices } from "@/lib/i18n/zone-choices";
import { timeZones } from "@/lib/time-zones";

test.each(locales)("every zone but UTC stands in %s once, under its region", (locale) => {
  const groups = [...zoneChoices(locale)];
  const values = groups.flatMap(([, choices]) => choices.map(({ value }) => value));
  expect([...values, "UTC"].sort()).toEqual([...timeZones].sort());
  for (const [region, choices] of groups) {
    expect(choices.filter(({ value }) => !value.startsWith(`${region}/`))).toEqual([]);
  }
});

describe("a zone is found by what it is called, was called, and where it is", () => {
  test.each([
    ["en", "Calcutta", "Asia/Kolkata", "Kolkata"],
    ["en", "Kiev", "Europe/Kyiv", "Kyiv"],
    ["en", "Saigon", "Asia/Ho_Chi_Minh", "Ho Chi Minh City"],
    ["en", "Asia/Calcutta", "Asia/Kolkata", "Kolkata"],
    ["pt", "lisbon", "Europe/Lisbon", "Lisboa"],
    ["pt", "lisboa", "Europe/Lisbon", "Lisboa"],
    ["pt", "acores", "Atlantic/Azores", "Açores"],
    ["fr", "allemagne", "Europe/Berlin", "Berlin"],
    ["es", "nueva york", "America/New_York", "Nueva York"],
    ["en", "india", "Asia/Kolkata", "Kolkata"],
    ["fr", "brésil", "America/Sao_Paulo", "São Paulo"],
    ["en", "united states", "America/New_York", "New York"],
  ] as const)("in %s %s is %s, shown as %s", (locale, typed, value, label) => {
    const found = findChoices([...zoneChoices(locale).values()].flat(), typed);
    expect(found).toContainEqual(expect.objectContaining({ value, label }));
  });
});
