import { expect, test } from "vitest";
import {
  judgeNumber,
  type LetInFacts,
  mayLetIn,
  type OpenSignIn,
} from "@/lib/let-in/rules/judge-let-in";

const facts: LetInFacts = {
  isStaff: false,
  hasFactor: false,
  hasLiveCase: false,
  networkTrusted: true,
  codeProven: true,
};

const rows: [string, Partial<LetInFacts>, string][] = [
  ["L1: an account of staff", { isStaff: true }, "staff"],
  ["L2: an account with a second factor", { hasFactor: true }, "factor"],
  ["L3: while a case is live", { hasLiveCase: true }, "case-open"],
  ["L4: from a place that is not trusted now", { networkTrusted: false }, "not-here"],
  ["L5: a session without a right code", { codeProven: false }, "no-code"],
];

test.each(rows)("%s lets nobody in", (_name, fact, kind) => {
  expect(mayLetIn({ ...facts, ...fact })).toEqual({ kind });
});

test("L6: whoever proved the mailbox may, at a trusted place", () => {
  expect(mayLetIn(facts)).toEqual({ kind: "allowed" });
});

test("an earlier row decides, whatever the later ones say", () => {
  let all = facts;
  for (const [, fact, kind] of rows.toReversed()) {
    all = { ...all, ...fact };
    expect(mayLetIn(all)).toEqual({ kind });
  }
});

const signIn = (id: string, more: Partial<OpenSignIn> = {}): OpenSignIn => ({
  id,
  letInNumber: 42,
  letInWrong: 0,
  isLetIn: false,
  ...more,
});

test("N1: one that was let in before is not let in anew, and costs nothing", () => {
  const open = [signIn("a", { isLetIn: true }), signIn("b", { letInNumber: 17 })];
  expect(judgeNumber(42, open)).toEqual({ kind: "already" });
});

test("N2: the one with the number is let in, and no other", () => {
  const open = [signIn("a", { letInNumber: 17 }), signIn("b"), signIn("c", { letInNumber: null })];
  expect(judgeNumber(42, open)).toEqual({ kind: "let-in", id: "b" });
});

test("N3: where none waits, nothing is wrong", () => {
  expect(judgeNumber(42, [])).toEqual({ kind: "none-waiting" });
  expect(judgeNumber(17, [signIn("a", { isLetIn: true })])).toEqual({ kind: "none-waiting" });
});

test("N4: a wrong number counts on each that waits, and the third ends it", () => {
  const wrong = (...counts: number[]) =>
    judgeNumber(
      17,
      counts.map((letInWrong, index) =>
        signIn(`${index}`, { letInWrong, letInNumber: 20 + index }),
      ),
    );
  expect(wrong(0)).toEqual({ kind: "number-wrong", ending: [], left: 2 });
  expect(wrong(1)).toEqual({ kind: "number-wrong", ending: [], left: 1 });
  expect(wrong(2)).toEqual({ kind: "number-wrong", ending: ["0"], left: 0 });
  expect(wrong(0, 2, 1)).toEqual({ kind: "number-wrong", ending: ["1"], left: 1 });
});
