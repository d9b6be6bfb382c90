import { expect, test } from "vitest";
import { retryDelaySeconds } from "@/lib/mail/retry-delay";

test("a mail is tried again after 1, 2, 4, 8, … seconds, at most a minute", () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 8, 50, 5000].map((attempts) => retryDelaySeconds(attempts));
  expect(delays).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
});

test("a provider that asks for a longer wait gets it, a shorter one not, and never over a minute", () => {
  expect(retryDelaySeconds(1, 7)).toBe(7);
  expect(retryDelaySeconds(4, 3)).toBe(8);
  expect(retryDelaySeconds(1, 86_400)).toBe(60);
});
