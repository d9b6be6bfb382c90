import { expect, test } from "vitest";
import { knownHere } from "@/lib/sign-in/rules/known-here";

test.each([
  [{ networkTrusted: true, browserTrusted: true }, "place", "place"],
  [{ networkTrusted: true, browserTrusted: false }, "place", "place"],
  [{ networkTrusted: false, browserTrusted: true }, "browser", null],
  [{ networkTrusted: false, browserTrusted: false }, null, null],
])("%j is known by %s, of staff by %s", (facts, ofCustomers, ofStaff) => {
  expect(knownHere({ ...facts, isStaff: false })).toBe(ofCustomers);
  expect(knownHere({ ...facts, isStaff: true })).toBe(ofStaff);
});
