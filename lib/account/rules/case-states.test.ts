import { expect, test } from "vitest";
import { caseState, caseStates, isLive, liveStates } from "@/lib/account/rules/case-states";

test("a stored state is one of ours, and anything else is a fault", () => {
  for (const state of caseStates) expect(caseState(state)).toBe(state);
  expect(() => caseState("lost")).toThrow("A case cannot be lost.");
  expect(() => caseState("")).toThrow();
});

test("live is what is sent and not over: neither a draft nor an end", () => {
  expect(caseStates.filter(isLive)).toEqual([...liveStates]);
  expect([...liveStates]).toEqual(["open", "needs-more", "approved"]);
});
