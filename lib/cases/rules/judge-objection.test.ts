import { expect, test } from "vitest";
import { liveStates } from "@/lib/cases/rules/case-states";
import { judgeObjection } from "@/lib/cases/rules/judge-objection";

const now = new Date("2026-11-22T12:00:00Z");
const later = new Date("2026-11-23T12:00:00Z");
const facts = { now, expiresAt: later, endedAt: null };

test.each(liveStates)("O5: a case that is %s can be objected to", (state) => {
  expect(judgeObjection({ ...facts, state })).toEqual({ kind: "live" });
});

test("O1: after the change it says that it is done, also to who objected before", () => {
  expect(judgeObjection({ ...facts, state: "done", endedAt: now })).toEqual({ kind: "done" });
});

test.each(["draft", "refused", "withdrawn", "taken", "superseded"] as const)(
  "O2: a case that is %s changed nothing, and there is nothing to object to",
  (state) => {
    expect(judgeObjection({ ...facts, state, endedAt: now })).toEqual({ kind: "ended" });
  },
);

test("O3: one objection is enough for all", () => {
  expect(judgeObjection({ ...facts, state: "open", endedAt: now, expiresAt: now })).toEqual({
    kind: "objected",
  });
});

test("O4: a link has an end", () => {
  expect(judgeObjection({ ...facts, state: "approved", expiresAt: now })).toEqual({
    kind: "expired",
  });
});
