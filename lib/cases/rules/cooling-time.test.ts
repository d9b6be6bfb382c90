import { expect, test } from "vitest";
import { type CoolingFacts, coolingTime } from "@/lib/cases/rules/cooling-time";
import { shortestCoolingHours } from "@/lib/cases/rules/limits";

const approvedAt = new Date("2026-11-22T12:00:00Z");

function hoursOf(facts: Partial<CoolingFacts>) {
  const usual = { fromLongTrusted: false, objected: false, caseCoolingHours: 72 };
  const { remindAt, coolsUntil } = coolingTime({ approvedAt, ...usual, ...facts });
  const after = (at: Date) => (at.getTime() - approvedAt.getTime()) / 3_600_000;
  return { remind: after(remindAt), change: after(coolsUntil) };
}

test("C1 the setting decides, and the reminder comes halfway", () => {
  expect(hoursOf({})).toEqual({ remind: 36, change: 72 });
  expect(hoursOf({ caseCoolingHours: 720 })).toEqual({ remind: 360, change: 720 });
  expect(hoursOf({ caseCoolingHours: 0.5 })).toEqual({ remind: 0.25, change: 0.5 });
});

test("C2 a place that was trusted for long shortens it to 24 hours", () => {
  expect(hoursOf({ fromLongTrusted: true })).toEqual({ remind: 12, change: 24 });
});

test("C3 after an objection nothing shortens it", () => {
  expect(hoursOf({ fromLongTrusted: true, objected: true })).toEqual({ remind: 36, change: 72 });
  expect(hoursOf({ objected: true })).toEqual({ remind: 36, change: 72 });
});

test("C4 a place that was trusted for long never makes it longer than the setting", () => {
  expect(hoursOf({ fromLongTrusted: true, caseCoolingHours: 2 })).toEqual({ remind: 1, change: 2 });
});

test("C5 nothing shortens it to none", () => {
  for (const caseCoolingHours of [0.1, 1, 23, 24, 25, 72, 720]) {
    for (const fromLongTrusted of [true, false]) {
      for (const objected of [true, false]) {
        const { remind, change } = hoursOf({ caseCoolingHours, fromLongTrusted, objected });
        expect(remind).toBeGreaterThan(0);
        expect(change).toBeCloseTo(2 * remind);
        expect(change).toBeGreaterThanOrEqual(shortestCoolingHours({ caseCoolingHours }));
      }
    }
  }
});
