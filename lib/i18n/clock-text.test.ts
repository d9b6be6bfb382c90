import { describe, expect, it } from "vitest";
import { clockText, dayAndClockText } from "@/lib/i18n/clock-text";
import { countryName } from "@/lib/i18n/country-name";
import { durationText } from "@/lib/i18n/duration-text";
import { locales } from "@/lib/i18n/locales";

const at = new Date("2026-11-22T14:05:00Z");

describe("clock times carry their zone", () => {
  it.each(locales)("in %s, in UTC", (locale) => {
    expect(clockText(at, { locale, timeZone: "UTC" })).toBe("14:05 UTC");
  });

  it("in the given zone, not the machine's", () => {
    expect(clockText(at, { locale: "en", timeZone: "Asia/Kolkata" })).toBe("19:35 GMT+5:30");
    expect(clockText(at, { locale: "en", timeZone: "America/Sao_Paulo" })).toBe("11:05 GMT-3");
  });

  it("after midnight is 00, never 24", () => {
    const midnight = new Date("2026-11-22T00:20:00Z");
    expect(clockText(midnight, { locale: "en", timeZone: "UTC" })).toBe("00:20 UTC");
  });

  it("with the day, in each language", () => {
    const months = ["November", "novembre", "novembro", "noviembre"];
    for (const [index, locale] of locales.entries()) {
      const written = dayAndClockText(at, { locale, timeZone: "UTC" });
      expect(written).toMatch(new RegExp(`^22 (de )?${months[index]} (de )?2026\\b.*14:05 UTC$`));
    }
  });
});

describe("lengths of time are in words", () => {
  it.each([
    [3600, "en", "1 hour"],
    [5400, "en", "90 minutes"],
    [600, "pt", "10 minutos"],
    [3600, "fr", "1 heure"],
    [7200, "es", "2 horas"],
    [30, "fr", "30 secondes"],
    [90, "es", "90 segundos"],
  ] as const)("%i seconds in %s are %s", (seconds, locale, expected) => {
    // French sets a no-break space between a number and its unit.
    expect(durationText(seconds, locale).replace("\u00a0", " ")).toBe(expected);
  });
});

describe("countries are named in the page's language", () => {
  it("from their code", () => {
    expect(locales.map((locale) => countryName("DE", locale))).toEqual([
      "Germany",
      "Allemagne",
      "Alemanha",
      "Alemania",
    ]);
  });

  it.each([null, undefined, "", "ZZ9", "xx", "QX"])("%s has no name", (code) => {
    expect(countryName(code, "en")).toBeNull();
  });
});
