import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, dayAt, readDay, startOfDay, startsOfDays } from "@/lib/calendar-days";

test.each([
  ["UTC", "2026-11-22", "2026-11-22T00:00:00.000Z"],
  ["Asia/Kathmandu", "2026-11-22", "2026-11-21T18:15:00.000Z"],
  ["Pacific/Kiritimati", "2026-11-22", "2026-11-21T10:00:00.000Z"],
  ["Pacific/Pago_Pago", "2026-11-22", "2026-11-22T11:00:00.000Z"],
  ["America/Sao_Paulo", "2026-11-22", "2026-11-22T03:00:00.000Z"],
])("in %s the day %s begins at %s", (timeZone, day, start) => {
  expect(startOfDay(day, timeZone).toISOString()).toBe(start);
});

test("a day on which clocks jump over midnight begins after the jump", () => {
  // From 00:00 to 01:00.
  const start = startOfDay("2018-11-04", "America/Sao_Paulo");
  expect(start.toISOString()).toBe("2018-11-04T03:00:00.000Z");
  expect(dayAt(start, "America/Sao_Paulo")).toBe("2018-11-04");
});

test("days on which clocks change are an hour shorter or longer", () => {
  const hours = (day: string) => {
    const [start, end] = startsOfDays([day, addDays(day, 1)], "Europe/Lisbon");
    return ((end?.getTime() ?? 0) - (start?.getTime() ?? 0)) / 3_600_000;
  };
  expect([hours("2026-03-29"), hours("2026-10-25"), hours("2026-11-22")]).toEqual([23, 25, 24]);
});

test("a day that a zone left out is over as it begins", () => {
  const [start, end] = startsOfDays(["2011-12-30", "2011-12-31"], "Pacific/Apia");
  expect(start).toEqual(end);
  expect(end?.toISOString()).toBe("2011-12-30T10:00:00.000Z");
});

test("a moment belongs to the day that began before it and whose next day begins after it", () => {
  const zones = fc.constantFrom("UTC", "Pacific/Chatham", "America/St_Johns", "Africa/Casablanca");
  const moments = fc.date({
    min: new Date("2020-01-01T00:00:00Z"),
    max: new Date("2030-01-01T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moments, zones, (at, timeZone) => {
      const day = dayAt(at, timeZone);
      expect(startOfDay(day, timeZone).getTime()).toBeLessThanOrEqual(at.getTime());
      expect(startOfDay(addDays(day, 1), timeZone).getTime()).toBeGreaterThan(at.getTime());
    }),
  );
});

test.each([
  ["2026-02-28", 1, "2026-03-01"],
  ["2028-02-28", 1, "2028-02-29"],
  ["2026-01-01", -1, "2025-12-31"],
])("%s and %i days are %s", (day, days, other) => {
  expect(addDays(day, days)).toBe(other);
});

test.each(["2026-11-22", "2028-02-29", "1999-12-31"])("%s is a day", (typed) => {
  expect(readDay(typed)).toBe(typed);
});

test.each([
  "",
  "2026-02-30",
  "2027-02-29",
  "2026-13-01",
  "0000-01-01",
  "9999-01-01",
  "2026-1-1",
  "2026-11-22T00:00",
  " 2026-11-22",
  "22.11.2026",
  "'; DROP TABLE audit_entry; --",
])("%j is no day", (typed) => {
  expect(readDay(typed)).toBeNull();
});
