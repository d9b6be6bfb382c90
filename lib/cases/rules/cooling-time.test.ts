import { expect, test } from "vitest";
import { type CoolingFacts, coolingTime, isDue } from "@/lib/cases/rules/cooling-time";
import { shortestCoolingHours } from "@/lib/cases/rules/limits";

const approvedAt = new Date("2026-11-22T12:00:00Z");

function hoursOf(facts: Partial<CoolingFacts>) {
  const usual = { fromLongTrusted: false, proofStands: true, subjectIsStaff: false };
  const setting = { objected: false, caseCoolingHours: 72 };
  const { remindAt, coolsUntil } = coolingTime({ approvedAt, ...usual, ...setting, ...facts });
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

test("C3 nothing shortens it once the proof is worth nothing, nor for an account of the staff", () => {
  const usual = { remind: 36, change: 72 };
  expect(hoursOf({ fromLongTrusted: true, proofStands: false })).toEqual(usual);
  expect(hoursOf({ fromLongTrusted: true, subjectIsStaff: true })).toEqual(usual);
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

test.each([
  [-1, false, false],
  [0, false, true],
  [-1, true, false],
  [0, true, false],
  [71.9, true, false],
  [72, true, true],
  [71.9, false, true],
])(
  "C6 %d hours after it, with word that waits: %s, the change is carried out: %s",
  (hours, wordWaits, due) => {
    const now = new Date(approvedAt.getTime() + hours * 3_600_000);
    expect(isDue({ now, coolsUntil: approvedAt, wordWaits })).toBe(due);
  },
);

test("C6 what is not approved is never due", () => {
  expect(isDue({ now: approvedAt, coolsUntil: null, wordWaits: false })).toBe(false);
});
