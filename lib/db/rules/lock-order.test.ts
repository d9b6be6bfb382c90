import { expect, test } from "vitest";
import { lockFault, lockKind, lockOrder } from "@/lib/db/rules/lock-order";

const account = "0b8f5b0e-8f2c-4d3c-9d1a-2f6f6a3e7c11";
const other = "9c0d1a52-1b4e-4f0a-8a77-5d2c3b4a1e90";
const subjectOf = (kind: string) => (kind === "account" ? account : `${kind}:x`);

test("an id alone is an account's; a kind stands before the first colon", () => {
  expect(lockKind(account)).toBe("account");
  expect(lockKind("sign-up:a:b@example.com")).toBe("sign-up");
  expect(lockKind(`case:${other}`)).toBe("case");
  expect(lockKind("audit")).toBe("audit");
});

test("what has no rank in the order is not locked", () => {
  for (const subject of ["", "invoice:1", "account:1", "account", "Case:1"]) {
    expect(() => lockKind(subject)).toThrow("has no rank in the order of locks");
  }
});

for (const [rank, kind] of lockOrder.entries()) {
  test(`after a lock of ${kind} only what stands behind it is locked`, () => {
    for (const [at, next] of lockOrder.entries()) {
      if (at === rank) continue;
      const fault = lockFault([subjectOf(kind)], subjectOf(next));
      expect(fault === null).toBe(at > rank);
    }
  });
}

test("a lock is judged by all that are held, not by the last", () => {
  expect(lockFault(["sign-up:a", "case:1", "audit"], "case:2")).toContain('after one of "audit"');
  expect(lockFault(["sign-up:a", account, "case:1"], "case:2")).toBeNull();
});

test("a second account is not locked by itself: two transactions would wait for each other", () => {
  expect(lockFault([account], other)).toContain("take the locks of both together");
});
