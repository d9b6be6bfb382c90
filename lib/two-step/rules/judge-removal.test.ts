import { expect, test } from "vitest";
import { judgeRemoval } from "@/lib/two-step/rules/judge-removal";

test.each([
  [{ isFactor: true, others: 1, isRequired: false }, "answer-of-another"],
  [{ isFactor: true, others: 2, isRequired: true }, "answer-of-another"],
  [{ isFactor: true, others: 0, isRequired: true }, "last-required"],
  [{ isFactor: true, others: 0, isRequired: false }, "answer-of-any"],
  [{ isFactor: false, others: 0, isRequired: true }, "password-alone"],
  [{ isFactor: false, others: 3, isRequired: true }, "password-alone"],
] as const)("%j needs %s", (facts, kind) => {
  expect(judgeRemoval(facts)).toEqual({ kind });
});
