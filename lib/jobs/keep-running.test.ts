import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepRunning, type Running } from "@/lib/jobs/keep-running";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Something that runs until it is made to end or to fail. */
function runs() {
  let finish: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  const stop = vi.fn(async () => finish());
  return { running: { ended, stop } satisfies Running, fail };
}

test("what fails is started again, after 1, 2, 4, … seconds, at most the longest pause", async () => {
  const starts: number[] = [];
  const causes: unknown[] = [];
  const began = Date.now();
  const start = async () => {
    starts.push((Date.now() - began) / 1000);
    throw new Error(`no ${starts.length}`);
  };
  const kept = keepRunning(start, (error) => causes.push(error), 5_000);
  await vi.advanceTimersByTimeAsync(17_500);
  expect(starts).toEqual([0, 1, 3, 7, 12, 17]);
  expect(causes[0]).toEqual(new Error("no 1"));
  await kept.stop();
});

test("what ends by itself is started again", async () => {
  const first = runs();
  const second = runs();
  const start = vi.fn().mockResolvedValueOnce(first.running).mockResolvedValueOnce(second.running);
  const onEnd = vi.fn();
  const kept = keepRunning(start, onEnd);
  await vi.advanceTimersByTimeAsync(0);
  first.fail(new Error("gone"));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(start).toHaveBeenCalledTimes(2);
  expect(onEnd).toHaveBeenCalledExactlyOnceWith(new Error("gone"));
  await kept.stop();
  expect(second.running.stop).toHaveBeenCalledOnce();
  expect(start).toHaveBeenCalledTimes(2);
});

test("stopping during a pause starts nothing more", async () => {
  const start = vi.fn().mockRejectedValue(new Error("away"));
  const kept = keepRunning(start, () => undefined);
  await vi.advanceTimersByTimeAsync(0);
  await kept.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(start).toHaveBeenCalledOnce();
});

test("stopping while it starts stops it once it has", async () => {
  const { running } = runs();
  let begin: (running: Running) => void = () => undefined;
  const kept = keepRunning(
    () =>
      new Promise((resolve) => {
        begin = resolve;
      }),
    () => undefined,
  );
  const stopped = kept.stop();
  begin(running);
  await stopped;
  expect(running.stop).toHaveBeenCalled();
});
