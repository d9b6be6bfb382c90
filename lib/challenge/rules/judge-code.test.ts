import { expect, test } from "vitest";
import { pendingEnds } from "@/lib/access/rules/causes";
import { judgeCode, judgeTry, type PendingFacts } from "@/lib/challenge/rules/judge-code";
import { afterMinutes } from "@/lib/moments";

const now = new Date("2026-11-22T14:00:00Z");
const limits = { codeMaxAttempts: 3, blockMinutes: 60 };
const block = {
  since: afterMinutes(now, -18),
  until: afterMinutes(now, 42),
  reference: "K7QM-2PX",
  because: "wrong-codes" as const,
};

function judge(facts: Partial<PendingFacts>) {
  return judgeTry({
    now,
    expiresAt: afterMinutes(now, 5),
    endedBecause: null,
    network: "203.0.113.7/32",
    presentNetwork: "203.0.113.7/32",
    attempts: { wrong: 0, block: null },
    ...facts,
  });
}

test("C2 a used code says so, even when it has also expired", () => {
  expect(judge({ endedBecause: "used", expiresAt: now })).toEqual({ kind: "used" });
});

test("C3 a replaced sign-in says so", () => {
  expect(judge({ endedBecause: "superseded" })).toEqual({ kind: "superseded" });
});

test("C3a a sign-in that a new password ended says so", () => {
  expect(judge({ endedBecause: "password-changed" })).toEqual({ kind: "password-changed" });
});

test("C3b a sign-in that ended with everybody else's says why, and never has its code judged", () => {
  for (const because of pendingEnds) {
    expect(judge({ endedBecause: because })).toEqual({ kind: "shut-out", because });
  }
  const expiresAt = now;
  expect(judge({ endedBecause: "of a later version", expiresAt })).toMatchObject({
    because: "other",
  });
});

test("C4 a block says until when, whichever sign-in led to it", () => {
  const attempts = { wrong: 3, block };
  expect(judge({ endedBecause: "blocked", attempts })).toEqual({ kind: "blocked", ...block });
  expect(judge({ attempts })).toEqual({ kind: "blocked", ...block });
});

test("C4 a sign-in that a block ended stays ended when the block is over", () => {
  expect(judge({ endedBecause: "blocked" })).toEqual({ kind: "block-over" });
});

test("C5 a code has ended at its last moment, not after it", () => {
  expect(judge({ expiresAt: now })).toEqual({ kind: "expired" });
  expect(judge({ expiresAt: new Date(now.getTime() + 1) })).toEqual({ kind: "admitted" });
});

test("C6 a code typed at another network is not judged", () => {
  expect(judge({ presentNetwork: "198.51.100.9/32" })).toEqual({ kind: "network-changed" });
});

test("C8 a right code is right on the last attempt too", () => {
  expect(judgeCode({ now, right: true, tries: 3 }, limits)).toEqual({ kind: "right" });
});

test("C8 a right code is right where the attempts were lowered below what counts by now", () => {
  expect(judgeCode({ now, right: true, tries: 5 }, limits)).toEqual({ kind: "right" });
  expect(judgeCode({ now, right: false, tries: 5 }, limits)).toMatchObject({ kind: "blocked" });
});

test("C9 a wrong code leaves the rest of the attempts", () => {
  const judged = [1, 2].map((tries) => judgeCode({ now, right: false, tries }, limits));
  expect(judged).toEqual([
    { kind: "wrong", attemptsLeft: 2 },
    { kind: "wrong", attemptsLeft: 1 },
  ]);
});

test("C10 the last wrong attempt blocks for the block's length from now", () => {
  expect(judgeCode({ now, right: false, tries: 3 }, limits)).toEqual({
    kind: "blocked",
    until: afterMinutes(now, 60),
  });
});
