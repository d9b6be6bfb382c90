import { afterEach, expect, test, vi } from "vitest";
import { createReporter } from "@/lib/heartbeat/report-troubles";
import type { Trouble } from "@/lib/heartbeat/troubles";
import { log } from "@/lib/log/log";

const warned = vi.spyOn(log, "warn").mockReturnValue(undefined);
const informed = vi.spyOn(log, "info").mockReturnValue(undefined);

afterEach(() => vi.clearAllMocks());

const standing = (seconds: number): Trouble => ({
  key: "standing mail",
  fields: { oldestUnsentCodeMailSeconds: seconds },
  sentence: `Waited ${seconds} seconds.`,
  over: "Mail goes.",
});
const noWorker: Trouble = { key: "no worker", fields: {}, sentence: "None.", over: "One runs." };
const minute = (minutes: number) => new Date(minutes * 60_000);

test("a trouble is a warning with its age when it begins and at growing distances, and a line when it is over", () => {
  const report = createReporter();
  for (let at = 0; at <= 10; at++) report([standing(at * 60)], minute(at));
  expect(warned.mock.calls).toEqual(
    [0, 60, 180, 420].map((seconds) => [
      { oldestUnsentCodeMailSeconds: seconds },
      `Waited ${seconds} seconds.`,
    ]),
  );
  expect(informed).not.toHaveBeenCalled();
  report([], minute(11));
  report([], minute(12));
  expect(informed.mock.calls).toEqual([[{ lastedSeconds: 660 }, "Mail goes."]]);
});

test("troubles are distinguished, and one that comes back begins anew", () => {
  const report = createReporter();
  report([noWorker], minute(0));
  report([noWorker, standing(5)], minute(0.5));
  report([standing(6)], minute(0.6));
  report([noWorker, standing(7)], minute(0.7));
  expect(warned.mock.calls.map(([, sentence]) => sentence)).toEqual([
    ...["None.", "Waited 5 seconds.", "None."],
  ]);
  expect(informed.mock.calls.map(([, sentence]) => sentence)).toEqual(["One runs."]);
});

test("a trouble of each hour is a warning an hour", () => {
  const report = createReporter();
  for (let at = 0; at <= 60; at++) report([{ ...noWorker, isHourly: true }], minute(at));
  expect(warned).toHaveBeenCalledTimes(2);
});
