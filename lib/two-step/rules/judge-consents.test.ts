import { expect, test } from "vitest";
import { judgeConsents } from "@/lib/two-step/rules/judge-consents";

const nothing = { signsIn: false, isSecondStep: false };
const signsIn = { signsIn: true, isSecondStep: false };
const secondStep = { signsIn: false, isSecondStep: true };
const both = { signsIn: true, isSecondStep: true };

test.each([
  [signsIn, nothing, "consent-missing"],
  [nothing, nothing, "consent-missing"],
  [both, signsIn, "second-step-stays"],
  [secondStep, signsIn, "second-step-stays"],
  [both, both, "unchanged"],
  [nothing, signsIn, "widens"],
  [nothing, secondStep, "widens"],
  [signsIn, both, "widens"],
  [secondStep, both, "widens"],
  [both, secondStep, "narrows"],
])("%j becomes %j: %s", (before, after, kind) => {
  expect(judgeConsents(before, after).kind).toBe(kind);
});
