import { expect, test } from "vitest";
import { isCheckUpDue } from "@/lib/factors/rules/judge-check-up";

const now = new Date("2026-11-29T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

test.each([
  ["no factor", null, null, false],
  ["a factor that is young", null, daysAgo(89.9), false],
  ["a factor of 90 days, never asked about", null, daysAgo(90), true],
  ["asked less than 90 days ago", daysAgo(89.9), daysAgo(400), false],
  ["asked 90 days ago", daysAgo(90), daysAgo(400), true],
  ["asked about factors that are gone, and new ones since", daysAgo(200), daysAgo(10), false],
] as const)("%s", (_, checkedAt, oldestAt, due) => {
  expect(isCheckUpDue({ now, checkedAt, oldestAt })).toBe(due);
});
