import { expect, test } from "vitest";
import { FEW_RECOVERY_CODES, judgeEntering } from "@/lib/factors/rules/judge-check-up";

const now = new Date("2026-11-29T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const codes = { recoveryCodesLeft: 10, codesMade: true };

test.each([
  ["no factor", null, null, false],
  ["a factor that is young", null, daysAgo(89.9), false],
  ["a factor of 90 days, never asked about", null, daysAgo(90), true],
  ["asked less than 90 days ago", daysAgo(89.9), daysAgo(400), false],
  ["asked 90 days ago", daysAgo(90), daysAgo(400), true],
  ["asked about factors that are gone, and new ones since", daysAgo(200), daysAgo(10), false],
] as const)("%s", (_, checkedAt, oldestAt, due) => {
  expect(judgeEntering({ now, checkedAt, oldestAt, ...codes }).isCheckUpDue).toBe(due);
});

test.each([
  ["as many as are enough", FEW_RECOVERY_CODES + 1, true, null],
  ["few", FEW_RECOVERY_CODES, true, FEW_RECOVERY_CODES],
  ["the last one used", 0, true, 0],
  ["none ever made", 0, false, null],
] as const)("recovery codes: %s", (_, recoveryCodesLeft, codesMade, few) => {
  const facts = { now, checkedAt: null, oldestAt: daysAgo(1), recoveryCodesLeft, codesMade };
  expect(judgeEntering(facts).fewCodesLeft).toBe(few);
  // Codes stand in for a factor: without one there is nothing that they could open.
  expect(judgeEntering({ ...facts, oldestAt: null }).fewCodesLeft).toBeNull();
});
