import { expect, test } from "vitest";
import { FIRST_BATCH, type Sweep, sweepInTurns } from "@/lib/db/sweep";

/** A sweep of so many rows that notes its batches. */
function sweepOfRows(what: string, rows: number, taken: string[]): Sweep {
  let left = rows;
  return {
    what,
    async takeBatch(limit) {
      taken.push(what);
      const batch = Math.min(left, limit);
      left -= batch;
      return batch;
    },
  };
}

test("a sweep with much to do leaves others their turn before it has done", async () => {
  const taken: string[] = [];
  await sweepInTurns([sweepOfRows("much", 1_000_000, taken), sweepOfRows("little", 1, taken)]);
  expect(taken.indexOf("little")).toBeLessThan(30);
  expect(taken.lastIndexOf("much")).toBeGreaterThan(taken.lastIndexOf("little"));
});

test("a sweep that fails keeps no other from its end, and is named", async () => {
  const taken: string[] = [];
  const fault = new Error("canceling statement due to statement timeout");
  const failing = { what: "failing", takeBatch: () => Promise.reject(fault) };
  const swept = sweepInTurns([failing, sweepOfRows("other", 10 * FIRST_BATCH, taken)]);
  await expect(swept).rejects.toMatchObject({
    message: expect.stringContaining("failing"),
    cause: fault,
  });
  expect(taken.length).toBeGreaterThan(2);
});

test("a run that is asked to stop ends behind the batch under way", async () => {
  const taken: string[] = [];
  const stopping = new AbortController();
  const sweep = sweepOfRows("much", 1_000_000, taken);
  const takeBatch = (limit: number) => {
    if (taken.length === 2) stopping.abort();
    return sweep.takeBatch(limit);
  };
  await sweepInTurns([{ what: "much", takeBatch }, sweepOfRows("b", 1, taken)], stopping.signal);
  expect(taken).toEqual(["much", "much", "much"]);
});
