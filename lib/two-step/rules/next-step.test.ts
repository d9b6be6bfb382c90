import { expect, test } from "vitest";
import { judgeProtection, type ProtectionFacts } from "@/lib/two-step/rules/next-step";

const well: ProtectionFacts = {
  codesAsked: "at-new-places",
  factors: 2,
  always: false,
  recoveryCodesLeft: 10,
  codesMade: true,
  isEnding: false,
};

test.each<[string, Partial<ProtectionFacts>, string, string]>([
  ["no factor", { factors: 0, codesMade: false }, "codes", "factor"],
  ["no factor, staff", { factors: 0, codesAsked: "always" }, "codes", "factor"],
  [
    "no factor, and no codes are asked for",
    { factors: 0, codesAsked: "never" },
    "password",
    "factor",
  ],
  ["no recovery codes", { codesMade: false, recoveryCodesLeft: 0 }, "factor", "codes"],
  ["few recovery codes", { recoveryCodesLeft: 3 }, "factor", "fewCodes"],
  ["enough recovery codes", { recoveryCodesLeft: 4, factors: 1 }, "factor", "spare"],
  ["asked always", { always: true, factors: 1 }, "factorAlways", "spare"],
  ["all there is", {}, "factor", "none"],
  ["one that is about to end", { isEnding: true, codesMade: false }, "factor", "ending"],
])("%s", (_, facts, by, next) => {
  expect(judgeProtection({ ...well, ...facts })).toEqual({ by, next });
});
