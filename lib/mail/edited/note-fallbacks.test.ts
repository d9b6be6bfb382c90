import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { log } from "@/lib/log/log";
import type { CountedFallbacks } from "@/lib/mail/edited/fallback-store";
import { noteFallbacks, writeFallbacks } from "@/lib/mail/edited/note-fallbacks";

const addFallbacks = vi.hoisted(() => vi.fn(async (_: CountedFallbacks[]) => {}));
vi.mock("@/lib/mail/edited/fallback-store", () => ({ addFallbacks }));

const at = (day: number, time: string) => new Date(`2026-11-${day}T${time}Z`);
const one = { subject: "new-browser", language: "en", reason: "no code" };
const other = { ...one, language: "fr" };
const warn = vi.spyOn(log, "warn").mockImplementation(() => undefined);
const writes = () => addFallbacks.mock.calls.map(([counted]) => counted);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  addFallbacks.mockClear();
  warn.mockClear();
});

afterEach(async () => {
  await writeFallbacks();
  vi.useRealTimers();
});

test("the log warns of a text once an hour", () => {
  noteFallbacks([one, other], at(21, "14:01:00"));
  noteFallbacks([one], at(21, "14:59:00"));
  expect(warn).toHaveBeenCalledTimes(2);
  noteFallbacks([one], at(21, "15:00:00"));
  expect(warn).toHaveBeenCalledTimes(3);
});

test("a text's first one is written at once, and any number of others together after five seconds", async () => {
  noteFallbacks([one, other], at(22, "14:01:00"));
  await vi.advanceTimersByTimeAsync(0);
  const first = { count: 1, lastAt: at(22, "14:01:00") };
  expect(writes()).toEqual([
    [
      { ...one, ...first },
      { ...other, ...first },
    ],
  ]);
  for (let second = 10; second < 60; second += 1) {
    noteFallbacks([{ ...one, reason: `at ${second}` }], at(22, `14:01:${second}`));
  }
  noteFallbacks([other], at(22, "14:02:00"));
  await vi.advanceTimersByTimeAsync(4_999);
  expect(writes()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(writes().slice(1)).toEqual([
    [
      { ...one, reason: "at 59", count: 50, lastAt: at(22, "14:01:59") },
      { ...other, count: 1, lastAt: at(22, "14:02:00") },
    ],
  ]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(writes()).toHaveLength(2);
});

test("an hour that ends between two writes keeps its own count", async () => {
  noteFallbacks([one], at(23, "14:01:00"));
  await writeFallbacks();
  noteFallbacks([one], at(23, "14:59:59"));
  noteFallbacks([one], at(23, "15:00:00"));
  await vi.advanceTimersByTimeAsync(0);
  expect(writes()[1]?.map(({ count, lastAt }) => [count, lastAt])).toEqual([
    [1, at(23, "14:59:59")],
    [1, at(23, "15:00:00")],
  ]);
});

test("one write at a time: what comes while one hangs is written behind it", async () => {
  let end = () => {};
  addFallbacks.mockImplementationOnce(
    () =>
      new Promise((resolve) => {
        end = resolve;
      }),
  );
  noteFallbacks([one], at(24, "14:01:00"));
  await vi.advanceTimersByTimeAsync(0);
  noteFallbacks([other], at(24, "14:01:00"));
  noteFallbacks([one], at(24, "14:01:01"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(writes()).toHaveLength(1);
  end();
  await vi.advanceTimersByTimeAsync(0);
  expect(writes()[1]?.map(({ language, count }) => [language, count])).toEqual([
    ["fr", 1],
    ["en", 1],
  ]);
});

test("what cannot be written fails nothing, and is written with the next", async () => {
  addFallbacks.mockRejectedValueOnce(new Error("the database is away"));
  noteFallbacks([one], at(25, "14:01:00"));
  await vi.advanceTimersByTimeAsync(0);
  noteFallbacks([one], at(25, "14:01:01"));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(writes()).toHaveLength(2);
  expect(writes()[1]).toEqual([{ ...one, count: 2, lastAt: at(25, "14:01:01") }]);
});

test("asked for at the end of a process, all is written", async () => {
  noteFallbacks([one], at(26, "14:01:00"));
  noteFallbacks([one], at(26, "14:01:01"));
  noteFallbacks([one], at(26, "14:01:02"));
  await writeFallbacks();
  const counts = writes().flatMap((counted) => counted.map(({ count }) => count));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
});
