import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { countRequest, emptyCounts, giveBack } from "@/lib/rate-limit/rate-window";
import { testDatabase } from "@/lib/testing/database";

testDatabase();

const start = Date.parse("2026-11-22T14:00:00Z");
const at = (minutes: number) => new Date(start + minutes * 60_000);
const limitOf = (limit: number, subject: string = randomUUID()) => ({
  key: `test/${subject}`,
  subject,
  limit,
});

test("a limit holds in every hour, not in every hour of the clock", async () => {
  const limit = limitOf(3);
  for (const minute of [0, 50, 59]) {
    expect(await countRequest(db, [limit], at(minute))).toEqual({ kind: "admitted" });
  }
  expect(await countRequest(db, [limit], at(59.5))).toEqual({ kind: "refused", until: at(60) });
  expect(await countRequest(db, [limit], at(60))).toEqual({ kind: "admitted" });
  expect(await countRequest(db, [limit], at(61))).toEqual({ kind: "refused", until: at(110) });
});

test("50 requests at the same moment are admitted exactly up to the limit", async () => {
  const limits = [limitOf(7), limitOf(20)];
  const verdicts = await Promise.all(
    Array.from({ length: 50 }, () => countRequest(db, limits, at(0))),
  );
  expect(verdicts.filter((verdict) => verdict.kind === "admitted")).toHaveLength(7);
});

test("a request refused by one limit counts towards none", async () => {
  const [strict, wide] = [limitOf(1), limitOf(2)];
  await countRequest(db, [strict], at(0));
  for (const minute of [1, 2, 3]) await countRequest(db, [strict, wide], at(minute));
  expect(await countRequest(db, [wide], at(4))).toEqual({ kind: "admitted" });
  expect(await countRequest(db, [wide], at(5))).toEqual({ kind: "admitted" });
});

test("a request given back does not count", async () => {
  const limit = limitOf(1);
  await countRequest(db, [limit], at(0));
  await giveBack(db, [limit.key]);
  expect(await countRequest(db, [limit], at(1))).toEqual({ kind: "admitted" });
});

test("a limit that was lowered says when there is room again", async () => {
  const limit = limitOf(5);
  for (const minute of [0, 10, 20, 30]) await countRequest(db, [limit], at(minute));
  const lowered = { ...limit, limit: 2 };
  expect(await countRequest(db, [lowered], at(31))).toEqual({ kind: "refused", until: at(80) });
});

test("emptied counts start afresh, and only those of the subject", async () => {
  const [mine, yours] = [limitOf(1), limitOf(1)];
  await countRequest(db, [mine, yours], at(0));
  await emptyCounts(db, [mine.subject]);
  expect(await countRequest(db, [mine], at(1))).toEqual({ kind: "admitted" });
  expect((await countRequest(db, [yours], at(1))).kind).toBe("refused");
});
