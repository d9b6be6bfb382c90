import { expect, test } from "vitest";
import { readReason } from "@/lib/support/rules/read-reason";

test.each(["", "   ", "\n\t\u0000"])("%j is no reason", (typed) => {
  expect(readReason(typed)).toEqual({ error: "reasonMissing" });
});

test("a reason has 5 to 500 characters, counted as people do", () => {
  expect(readReason(" abcd ")).toEqual({ error: "reasonTooShort" });
  expect(readReason("abcde")).toEqual({ reason: "abcde" });
  expect(readReason("é".repeat(500))).toEqual({ reason: "é".repeat(500) });
  expect(readReason("🙂".repeat(500))).toEqual({ reason: "🙂".repeat(500) });
  expect(readReason("a".repeat(501))).toEqual({ error: "reasonTooLong" });
});

test("it becomes one line, and what no table can hold is dropped", () => {
  expect(readReason("called\r\n\r\n  us\u0000 twice\ud800")).toEqual({ reason: "called us twice" });
});
