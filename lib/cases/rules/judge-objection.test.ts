import { expect, test } from "vitest";
import { liveStates } from "@/lib/account/rules/case-states";
import { judgeObjection, judgeStop } from "@/lib/cases/rules/judge-objection";

const now = new Date("2026-11-22T12:00:00Z");
const later = new Date("2026-11-23T12:00:00Z");
const facts = { now, expiresAt: later, endedAt: null, objectedAt: null };

const over = ["draft", "refused", "withdrawn", "taken", "superseded"] as const;

test.each(liveStates)("O7: a case that is %s can be objected to", (state) => {
  expect(judgeObjection({ ...facts, state })).toEqual({ kind: "live" });
});

test("O1: after the change it says that it is done, also to who objected before", () => {
  const done = { ...facts, state: "done", endedAt: now } as const;
  expect(judgeObjection(done)).toEqual({ kind: "done" });
  expect(judgeObjection({ ...done, objectedAt: now })).toEqual({ kind: "done" });
});

test.each(over)(
  "O2: a case that is %s changed nothing, and there is nothing to object to",
  (state) => {
    expect(judgeObjection({ ...facts, state, endedAt: now })).toEqual({ kind: "ended" });
  },
);

test("O3: a used link says that staff have agreed since, and so does not say that the change stopped", () => {
  const used = { ...facts, state: "approved", endedAt: now, objectedAt: now } as const;
  expect(judgeObjection(used)).toEqual({ kind: "agreed" });
  expect(judgeObjection({ ...used, expiresAt: now })).toEqual({ kind: "agreed" });
});

test.each(["open", "needs-more"] as const)("O4: one objection is enough for all (%s)", (state) => {
  const objected = { ...facts, state, endedAt: now, objectedAt: now, expiresAt: now };
  expect(judgeObjection(objected)).toEqual({ kind: "objected" });
});

test("O5: a link has an end", () => {
  const expired = { ...facts, state: "approved", expiresAt: now } as const;
  expect(judgeObjection(expired)).toEqual({ kind: "expired" });
  expect(judgeObjection({ ...expired, objectedAt: now })).toEqual({ kind: "expired" });
});

test("O6: what two of the staff agreed to after an objection is not stopped once more", () => {
  const reviewed = { ...facts, objectedAt: now };
  expect(judgeObjection({ ...reviewed, state: "approved" })).toEqual({ kind: "reviewed" });
  expect(judgeObjection({ ...reviewed, state: "open" })).toEqual({ kind: "live" });
  expect(judgeObjection({ ...reviewed, state: "needs-more" })).toEqual({ kind: "live" });
});

test("an objection without a link does the same", () => {
  for (const state of liveStates) expect(judgeStop({ state, objectedAt: null })).toBe("stop");
  expect(judgeStop({ state: "open", objectedAt: now })).toBe("stop");
  expect(judgeStop({ state: "approved", objectedAt: now })).toBe("note");
  for (const state of [...over, "done"] as const) {
    expect(judgeStop({ state, objectedAt: null })).toBe("nothing");
    expect(judgeStop({ state, objectedAt: now })).toBe("nothing");
  }
});
