import { expect, test } from "vitest";
import { judgeSignIn, type SignInFacts } from "@/lib/sign-in/rules/judge-sign-in";
import { whenAsked } from "@/lib/sign-in/rules/when-asked";

const now = new Date("2026-11-22T14:00:00Z");

const isAsked = (facts: Pick<SignInFacts, "mode" | "isStaff" | "networkTrusted">) =>
  judgeSignIn({
    ...facts,
    now,
    factor: null,
    passwordOff: null,
    browserTrusted: false,
    browserSeenHere: true,
    block: null,
    codesLastHour: [],
    codesSinceRight: 0,
    accountCodesPerHour: 5,
  }).kind === "ask-code";

const judged = (facts: Pick<SignInFacts, "mode" | "isStaff">) => {
  if (isAsked({ ...facts, networkTrusted: true })) return "always";
  return isAsked({ ...facts, networkTrusted: false }) ? "at-new-places" : "never";
};

test.each(
  (["off", "observe", "enforce"] as const).flatMap((mode) =>
    [true, false].map((isStaff) => ({ mode, isStaff })),
  ),
)("what is said of codes is what a sign-in is judged by: $mode, staff $isStaff", (facts) => {
  expect(whenAsked(facts)).toBe(judged(facts));
});
