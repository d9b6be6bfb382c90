import { expect, test } from "vitest";
import { pauseSeconds, retryDelaySeconds } from "@/lib/mail/retry-delay";

const tries = [1, 2, 3, 4, 5, 6, 7, 8, 50, 5000];

test("a mail is tried again after 1, 2, 4, 8, … seconds and up to a quarter more, at most a minute", () => {
  expect(tries.map((attempts) => retryDelaySeconds(attempts, 0))).toEqual([
    ...[1, 2, 4, 8, 16, 32],
    ...[48, 48, 48, 48],
  ]);
  expect(tries.map((attempts) => retryDelaySeconds(attempts, 1))).toEqual([
    ...[1.25, 2.5, 5, 10, 20, 40],
    ...[60, 60, 60, 60],
  ]);
});

test("a provider is left alone as long as it asks, over a minute too, and at most an hour", () => {
  expect([7, 61, 600, 3600, 86_400].map(pauseSeconds)).toEqual([7, 61, 600, 3600, 3600]);
  expect(pauseSeconds(0)).toBeGreaterThan(0);
});
