import { expect, test } from "vitest";
import { CODES_WITHOUT_A_RIGHT_ONE } from "@/lib/challenge/rules/limits";
import { afterMinutes } from "@/lib/moments";
import { type FactorFacts, judgeSignIn, type SignInFacts } from "@/lib/sign-in/rules/judge-sign-in";

const now = new Date("2026-11-22T14:00:00Z");
const block = {
  since: afterMinutes(now, -18),
  until: afterMinutes(now, 60),
  reference: "K7QM-2PX",
  because: "wrong-codes" as const,
};
const minutesAgo = (minutes: number) => afterMinutes(now, -minutes);

function judge(facts: Partial<SignInFacts>) {
  return judgeSignIn({
    now,
    mode: "enforce",
    passwordOff: null,
    isStaff: false,
    factor: null,
    networkTrusted: false,
    browserTrusted: false,
    browserSeenHere: false,
    block: null,
    codesLastHour: [],
    codesSinceRight: 0,
    accountCodesPerHour: 5,
    ...facts,
  });
}

const usedUp = [1, 2, 3, 4, 50].map(minutesAgo);

test("S1 VERIFICATION_MODE=off lets in without a judgement", () => {
  expect(judge({ mode: "off", block, codesLastHour: usedUp })).toEqual({
    kind: "enter",
    because: "not-asked",
    instead: null,
  });
});

test("S2 a known browser at a trusted place is let in", () => {
  expect(judge({ networkTrusted: true, browserSeenHere: true })).toEqual({
    kind: "enter",
    because: "known-place",
    newBrowser: false,
  });
});

test("S3 a browser never seen at a trusted place is let in and notified of", () => {
  expect(judge({ networkTrusted: true })).toMatchObject({ kind: "enter", newBrowser: true });
});

test("S4 a trusted place is outside every lock", () => {
  const locks = { block, codesLastHour: usedUp, codesSinceRight: CODES_WITHOUT_A_RIGHT_ONE };
  expect(judge({ networkTrusted: true, ...locks })).toMatchObject({ kind: "enter" });
});

test("S5 a block refuses until its end, before any hourly limit is looked at", () => {
  expect(judge({ block, codesLastHour: usedUp, codesSinceRight: 99 })).toEqual({
    kind: "blocked",
    ...block,
  });
});

test("S6 after 20 codes without a right one new networks wait for a new password", () => {
  expect(judge({ codesSinceRight: 19 })).toEqual({ kind: "ask-code" });
  expect(judge({ codesSinceRight: 20, codesLastHour: usedUp })).toEqual({
    kind: "wait",
    because: "password-must-change",
    until: null,
  });
});

test("S7 with the hourly codes used up new networks wait until the oldest is an hour old", () => {
  expect(judge({ codesLastHour: usedUp.slice(0, 4) })).toEqual({ kind: "ask-code" });
  expect(judge({ codesLastHour: usedUp })).toEqual({
    kind: "wait",
    because: "codes-used-up",
    until: afterMinutes(now, 10),
  });
});

test("S8 a new network is asked for a code", () => {
  expect(judge({})).toEqual({ kind: "ask-code" });
});

test("S9 VERIFICATION_MODE=observe lets in and keeps what it would have said", () => {
  expect(judge({ mode: "observe" })).toEqual({
    kind: "enter",
    because: "not-asked",
    instead: "ask-code",
  });
  expect(judge({ mode: "observe", block })).toMatchObject({ instead: "blocked" });
  expect(judge({ mode: "observe", networkTrusted: true })).toMatchObject({
    because: "known-place",
  });
});

test("S0 a password that was switched off opens nothing, from a trusted place neither, in any mode", () => {
  const passwordOff = { since: minutesAgo(5), because: "support" as const };
  for (const mode of ["off", "observe", "enforce"] as const) {
    for (const isStaff of [true, false]) {
      const verdict = judge({ mode, isStaff, passwordOff, networkTrusted: true });
      expect(verdict).toEqual({ kind: "password-off", ...passwordOff });
    }
  }
});

test("S0a staff are asked for a code in every mode, from a trusted place and browser too", () => {
  for (const mode of ["off", "observe", "enforce"] as const) {
    expect(judge({ isStaff: true, mode })).toEqual({ kind: "ask-code" });
    const trusted = { networkTrusted: true, browserTrusted: true, browserSeenHere: true };
    expect(judge({ isStaff: true, mode, ...trusted })).toEqual({ kind: "ask-code" });
    expect(judge({ isStaff: true, mode, browserTrusted: true })).toEqual({ kind: "ask-code" });
  }
});

test("S0b staff wait like customers at a new network, and at a trusted one for its own block alone", () => {
  const staff = { isStaff: true, codesLastHour: usedUp };
  expect(judge(staff)).toMatchObject({ kind: "wait", because: "codes-used-up" });
  expect(judge({ ...staff, codesSinceRight: CODES_WITHOUT_A_RIGHT_ONE })).toMatchObject({
    because: "password-must-change",
  });
  expect(judge({ ...staff, networkTrusted: true })).toEqual({ kind: "ask-code" });
  expect(judge({ ...staff, networkTrusted: true, block })).toEqual({ kind: "blocked", ...block });
  expect(judge({ ...staff, block, browserTrusted: true })).toMatchObject({ kind: "blocked" });
});

test("S4a a trusted browser is in from a new network, whatever holds there", () => {
  const facts = { block, codesLastHour: usedUp, codesSinceRight: CODES_WITHOUT_A_RIGHT_ONE };
  expect(judge({ ...facts, browserTrusted: true })).toEqual({
    kind: "enter",
    because: "known-browser",
    newBrowser: false,
  });
});

test("S3a a trusted browser at a trusted place is no new one", () => {
  expect(judge({ networkTrusted: true, browserTrusted: true })).toEqual({
    kind: "enter",
    because: "known-place",
    newBrowser: false,
  });
});

const factor: FactorFacts = {
  ...{ always: false, knownBy: null, browserBlock: null, askedHere: [] },
};
const always: FactorFacts = { ...factor, always: true };
const inHome = { knownBy: "203.0.113.7/32" };
const inBrowser = { knownBy: "unknown@b1" };
const home = { networkTrusted: true, browserSeenHere: true };
const elsewhere = { block, codesLastHour: usedUp, codesSinceRight: CODES_WITHOUT_A_RIGHT_ONE };

test("F1 at a new network a factor waits, and is blocked, as a code would be", () => {
  for (const isStaff of [false, true]) {
    const at = { factor, isStaff };
    expect(judge({ ...at, block, codesLastHour: usedUp })).toMatchObject({ kind: "blocked" });
    expect(judge({ ...at, codesSinceRight: CODES_WITHOUT_A_RIGHT_ONE })).toMatchObject({
      kind: "wait",
      because: "password-must-change",
    });
    expect(judge({ ...at, codesLastHour: usedUp })).toMatchObject({ because: "codes-used-up" });
  }
  expect(judge({ factor, isStaff: true, browserTrusted: true, block })).toMatchObject({
    kind: "blocked",
  });
});

test("F2 at a new network the factor is asked for, in every mode", () => {
  const asked = { kind: "ask-factor", because: "new-place", knownBy: null };
  for (const mode of ["off", "observe", "enforce"] as const) {
    expect(judge({ factor, mode })).toEqual(asked);
    expect(judge({ factor: always, mode })).toEqual(asked);
    expect(judge({ factor, mode, isStaff: true, browserTrusted: true })).toEqual(asked);
  }
});

test("F3 known places and browsers stay quiet, whatever holds elsewhere", () => {
  const known = { ...factor, ...inHome };
  expect(judge({ factor: known, ...home, ...elsewhere })).toEqual(judge({ ...home }));
  const trusted = { factor: { ...factor, ...inBrowser }, browserTrusted: true };
  expect(judge({ ...trusted, ...elsewhere })).toMatchObject({
    kind: "enter",
    because: "known-browser",
  });
});

test.each([
  ["a customer who is asked always", { factor: { ...always, ...inHome }, ...home }],
  ["one in a trusted browser", { factor: { ...always, ...inBrowser }, browserTrusted: true }],
  ["staff at a trusted place", { factor: { ...factor, ...inHome }, isStaff: true, ...home }],
])("F4, F5, F6 %s: a block of the browser, the hour of the place, nothing else", (_, at) => {
  const browserBlock = { ...block, because: "wrong-codes-in-browser" as const };
  const blocked = { ...at, factor: { ...at.factor, browserBlock, askedHere: usedUp } };
  expect(judge(blocked)).toEqual({ kind: "blocked", ...browserBlock });
  const asked = { kind: "ask-factor", because: "always", knownBy: at.factor.knownBy };
  // Of staff the network's own block holds at a trusted place too; of customers it does not reach one.
  const there = judge({ ...at, block });
  expect(there).toEqual("isStaff" in at ? { kind: "blocked", ...block } : asked);
  const often = { ...at, factor: { ...at.factor, askedHere: usedUp } };
  expect(judge(often)).toEqual({
    kind: "wait",
    because: "asked-too-often-here",
    until: afterMinutes(now, 10),
    knownBy: at.factor.knownBy,
  });
  expect(judge({ ...at, factor: { ...at.factor, askedHere: usedUp.slice(1) } })).toEqual(asked);
  for (const mode of ["off", "observe", "enforce"] as const) {
    expect(judge({ ...at, mode, ...elsewhere, block: null })).toEqual(asked);
  }
});

test("S0 before F: a password that was switched off is asked for nothing more", () => {
  const passwordOff = { since: minutesAgo(5), because: "not-me" as const };
  expect(judge({ factor: always, passwordOff, ...home })).toMatchObject({ kind: "password-off" });
});
