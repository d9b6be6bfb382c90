import { expect, test } from "vitest";
import { CODES_WITHOUT_A_RIGHT_ONE } from "@/lib/challenge/rules/limits";
import { afterMinutes } from "@/lib/moments";
import { type AskingFacts, judgeAsking } from "@/lib/widening/rules/judge-asking";

const now = new Date("2026-11-22T14:00:00Z");
const block = {
  since: afterMinutes(now, -18),
  until: afterMinutes(now, 60),
  reference: "K7QM-2PX",
  because: "wrong-codes" as const,
};
const usedUp = [1, 2, 3, 4, 50].map((minutes) => afterMinutes(now, -minutes));

const judge = (facts: Partial<AskingFacts>) =>
  judgeAsking({
    now,
    frozen: false,
    codeProven: false,
    hasFactor: false,
    factorProven: false,
    block: null,
    codesLastHour: [],
    codesSinceRight: 0,
    accountCodesPerHour: 5,
    ...facts,
  });

test("W0 while a factor is announced to end nothing is granted, whatever the session has shown", () => {
  const facts = { codeProven: true, hasFactor: true, factorProven: true };
  expect(judge({ ...facts, frozen: true })).toEqual({ kind: "frozen" });
});

test("W1 a session with a code behind it carries out, whatever holds elsewhere", () => {
  const facts = { block, codesLastHour: usedUp, codesSinceRight: CODES_WITHOUT_A_RIGHT_ONE };
  expect(judge({ ...facts, codeProven: true })).toEqual({ kind: "carry-out" });
});

test("W2 after wrong codes from here it waits for the block's end", () => {
  expect(judge({ block })).toEqual({ kind: "blocked", ...block });
});

test("W3 after 20 codes without a right one only a new password helps", () => {
  expect(judge({ codesSinceRight: CODES_WITHOUT_A_RIGHT_ONE }).kind).toBe("password-must-change");
  expect(judge({ codesSinceRight: CODES_WITHOUT_A_RIGHT_ONE - 1 }).kind).toBe("ask-code");
});

test("W4 with the hour's codes used up it waits until the oldest is an hour old", () => {
  expect(judge({ codesLastHour: usedUp })).toEqual({
    kind: "codes-used-up",
    until: afterMinutes(now, 10),
  });
  expect(judge({ codesLastHour: usedUp.slice(0, 4) }).kind).toBe("ask-code");
});

test("W6 otherwise a code is asked for", () => {
  expect(judge({})).toEqual({ kind: "ask-code" });
});

test("W5 of an account with a factor, a mailed code is no way around it", () => {
  expect(judge({ hasFactor: true, codeProven: true })).toEqual({ kind: "ask-factor" });
  expect(judge({ hasFactor: true, factorProven: true })).toEqual({ kind: "carry-out" });
  const removedSince = { hasFactor: false, factorProven: true };
  expect(judge(removedSince)).toEqual({ kind: "ask-code" });
});

test("W2 to W4 hold for a factor as for a code", () => {
  const facts = { hasFactor: true, codeProven: true };
  expect(judge({ ...facts, block })).toMatchObject({ kind: "blocked" });
  const many = { codesSinceRight: CODES_WITHOUT_A_RIGHT_ONE };
  expect(judge({ ...facts, ...many })).toEqual({ kind: "password-must-change" });
  expect(judge({ ...facts, codesLastHour: usedUp })).toMatchObject({ kind: "codes-used-up" });
});
