import { beforeEach, expect, test, vi } from "vitest";

let times: typeof import("@/lib/mail/hand-over-times");

// Other tests of the same process hand mails over too.
beforeEach(async () => {
  vi.resetModules();
  times = await import("@/lib/mail/hand-over-times");
});

test("a hand-over usually takes as long as one of the last twenty took", () => {
  const { noteHandOver, usualHandOver } = times;
  expect(usualHandOver()).toBe(0);
  for (let milliseconds = 1; milliseconds <= 25; milliseconds += 1) noteHandOver(milliseconds);
  const seen = Array.from({ length: 500 }, usualHandOver);
  expect(Math.min(...seen)).toBeGreaterThanOrEqual(6);
  expect(Math.max(...seen)).toBeLessThanOrEqual(25);
  expect(new Set(seen).size).toBeGreaterThan(1);
});
