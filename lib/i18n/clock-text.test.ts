import { describe, expect, it } from "vitest";
import { clockPair, clockText, dayAndClockText } from "@/lib/i18n/clock-text";
import { countryName } from "@/lib/i18n/country-name";
import { durationText } from "@/lib/i18n/duration-text";
import { fromNowText } from "@/lib/i18n/from-now-text";
import { locales } from "@/lib/i18n/locales";

const at = new Date("2026-11-22T14:05:00Z");

describe("clock times carry their zone", () => {
  it.each(locales)("in %s, in UTC", (locale) => {
    expect(clockText(at, { locale, timeZone: "UTC" })).toBe("14:05 UTC");
  });

  it("in the given zone, not the machine's", () => {
    const india = ["in Kolkata", "à Calcutta", "em Calcutá", "en Calcuta"];
    expect(locales.map((locale) => clockText(at, { locale, timeZone: "Asia/Kolkata" }))).toEqual(
      india.map((there) => `19:35 ${there}`),
    );
    expect(clockText(at, { locale: "en", timeZone: "Asia/Calcutta" })).toBe("19:35 in Kolkata");
    expect(clockText(at, { locale: "en", timeZone: "Etc/GMT+3" })).toBe("11:05 GMT-3");
  });

  it.each([
    ["Europe/Lisbon", "2026-10-25T00:59:00Z", "01:59 WEST"],
    ["Europe/Lisbon", "2026-10-25T01:00:00Z", "01:00 WET"],
    ["Europe/Lisbon", "2026-10-24T23:59:00Z", "00:59 in Lisbon"],
    ["Europe/Lisbon", "2026-10-25T02:00:00Z", "02:00 in Lisbon"],
    ["Australia/Lord_Howe", "2026-04-04T14:45:00Z", "01:45 GMT+11"],
    ["Australia/Lord_Howe", "2026-04-04T15:15:00Z", "01:45 GMT+10:30"],
  ])("a time that clocks in %s show twice says which one: %s is %s", (timeZone, moment, text) => {
    expect(clockText(new Date(moment), { locale: "en", timeZone })).toBe(text);
  });

  it.each([
    ["Europe/Lisbon", "2026-11-22T14:02:00Z", ["14:02", "15:02 in Lisbon"]],
    ["UTC", "2026-11-22T14:02:00Z", ["14:02", "15:02 UTC"]],
    ["Europe/Lisbon", "2026-10-25T00:30:00Z", ["01:30 WEST", "01:30 WET"]],
    ["Europe/Lisbon", "2026-10-25T01:30:00Z", ["01:30 WET", "02:30 in Lisbon"]],
  ])("two of a sentence in %s from %s say once what both share", (timeZone, moment, pair) => {
    const first = new Date(moment);
    const last = new Date(first.getTime() + 3_600_000);
    expect(clockPair(first, last, { locale: "en", timeZone })).toEqual(pair);
  });

  it("of what has happened they do not seem to say where", () => {
    const said = locales.map((locale) =>
      clockText(at, { locale, timeZone: "Europe/Lisbon", happened: true }),
    );
    expect(said).toEqual([
      "14:05, Lisbon time",
      "14:05, heure de Lisbonne",
      "14:05, hora de Lisboa",
      "14:05, hora de Lisboa",
    ]);
    expect(dayAndClockText(at, { locale: "en", timeZone: "Europe/Lisbon" })).toBe(
      "22 November 2026 at 14:05, Lisbon time",
    );
    expect(clockText(at, { locale: "en", timeZone: "UTC", happened: true })).toBe("14:05 UTC");
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

describe("how far off an end is", () => {
  it.each([
    [600, "en", "in 10 minutes"],
    [600, "fr", "dans 10 minutes"],
    [600, "pt", "dentro de 10 minutos"],
    [600, "es", "dentro de 10 minutos"],
    [599.6, "en", "in 10 minutes"],
    [59, "en", "in 59 seconds"],
    [61, "en", "in 1 minute"],
    [3599, "en", "in 1 hour"],
    [5400, "en", "in 90 minutes"],
    [7200, "en", "in 2 hours"],
    [86_400, "en", "in 24 hours"],
    [172_799, "en", "in 2 days"],
    [0, "en", "in 1 second"],
    [-5, "en", "in 1 second"],
  ] as const)("%d seconds in %s are %s", (seconds, locale, expected) => {
    const until = new Date(at.getTime() + seconds * 1000);
    expect(fromNowText(until, at, locale).replace("\u00a0", " ")).toBe(expected);
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
