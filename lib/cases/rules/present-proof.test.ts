import { expect, test } from "vitest";
import { presentProof } from "@/lib/cases/rules/present-proof";

const at = new Date("2026-11-22T12:00:00Z");
const before = new Date("2026-01-01T00:00:00Z");
const after = new Date("2026-11-22T12:00:01Z");

test.each(["session", "password", "nothing"] as const)("%s counts as it was begun", (proof) => {
  expect(presentProof({ proof, at }, before)).toBe(proof);
  expect(presentProof({ proof, at }, at)).toBe(proof);
});

test.each(["session", "password"] as const)(
  "%s is worth nothing once the password was changed, or the account is gone",
  (proof) => {
    expect(presentProof({ proof, at }, after)).toBe("nothing");
    expect(presentProof({ proof, at }, null)).toBe("nothing");
  },
);
