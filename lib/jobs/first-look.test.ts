import { EventEmitter } from "node:events";
import type { WorkerEvents } from "graphile-worker";
import { expect, test } from "vitest";
import { firstLookFailed } from "@/lib/jobs/first-look";

const start = "worker:getJob:start";
const error = "worker:getJob:error";
const empty = "worker:getJob:empty";
const job = "job:start";

test.each<[string, string[], "waits" | "failed"]>([
  ["nothing was looked for", [], "waits"],
  ["a look goes on", [start], "waits"],
  ["the first found nothing", [start, empty], "waits"],
  ["the first found a job", [start, job], "waits"],
  ["the first failed", [start, error], "failed"],
  ["a later one failed", [start, empty, start, error], "waits"],
  ["the first failed while others look", [start, start, start, error], "waits"],
  ["and they failed too", [start, start, start, error, error, error], "failed"],
  ["and they found what there is", [start, start, start, error, empty, job], "failed"],
])("of a run where %s", async (_, said, ends) => {
  const events: WorkerEvents = new EventEmitter();
  let ended = "waits";
  const failed = firstLookFailed(events).catch((cause) => {
    ended = cause instanceof Error && cause.message === "away" ? "failed" : "otherwise";
  });
  for (const event of said) (events as EventEmitter).emit(event, { error: new Error("away") });
  await Promise.race([failed, new Promise((resolve) => setImmediate(resolve))]);
  expect(ended).toBe(ends);
});
