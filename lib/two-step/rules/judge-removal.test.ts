import { expect, test } from "vitest";
import { judgeRemoval } from "@/lib/two-step/rules/judge-removal";

test.each([
  ["F1", { isFactor: false, others: 0, isRequired: true }, "password-alone"],
  ["F1", { isFactor: false, others: 3, isRequired: true }, "password-alone"],
  ["F2", { isFactor: true, others: 1, isRequired: false }, "answer-of-another"],
  ["F2", { isFactor: true, others: 2, isRequired: true }, "answer-of-another"],
  ["F3", { isFactor: true, others: 0, isRequired: true }, "last-required"],
  ["F4", { isFactor: true, others: 0, isRequired: false }, "answer-of-any"],
] as const)("%s: %j needs %s", (_, facts, kind) => {
  expect(judgeRemoval(facts)).toEqual({ kind });
});
