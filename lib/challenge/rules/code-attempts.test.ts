import { expect, test } from "vitest";
import { liveAttempts } from "@/lib/challenge/rules/code-attempts";
import { afterMinutes } from "@/lib/moments";

const now = new Date("2026-11-22T14:00:00Z");
const record = {
  wrong: 2,
  lastWrongAt: now,
  blockedAt: null,
  blockedUntil: null,
  blockBecause: null,
  blockReference: null,
};

test("no record means no attempts", () => {
  expect(liveAttempts(null, now)).toEqual({ wrong: 0, block: null });
});

test("wrong attempts count until an hour after the last one", () => {
  const recent = { ...record, lastWrongAt: new Date(afterMinutes(now, -60).getTime() + 1) };
  expect(liveAttempts(recent, now).wrong).toBe(2);
  expect(liveAttempts({ ...record, lastWrongAt: afterMinutes(now, -60) }, now).wrong).toBe(0);
});

test("a block holds until its end and takes its attempts with it", () => {
  const blocked = { ...record, wrong: 3, blockBecause: null, blockReference: "K7QM-2PX" };
  const [since, until] = [afterMinutes(now, -59), new Date(now.getTime() + 1)];
  const held = { ...blocked, blockedAt: since, blockedUntil: until };
  expect(liveAttempts(held, now)).toEqual({
    wrong: 3,
    block: { since, until, reference: "K7QM-2PX", because: "wrong-codes" },
  });
  expect(liveAttempts({ ...blocked, blockedUntil: now }, now)).toEqual({ wrong: 0, block: null });
});

test("a block longer than an hour outlives the memory of its attempts", () => {
  const lastWrongAt = afterMinutes(now, -90);
  const blockedUntil = afterMinutes(now, 30);
  expect(liveAttempts({ ...record, lastWrongAt, blockedUntil }, now).block).not.toBeNull();
});
