import { expect, test } from "vitest";
import { canCallBack } from "@/lib/support/rules/can-call-back";
import {
  type CalledBackBy,
  type HotlinePassFacts,
  judgeHotlinePass,
} from "@/lib/support/rules/judge-hotline-pass";

const now = new Date("2026-11-24T12:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

const signIn = {
  expiresAt: later(5),
  endedAt: null,
  passUntil: null,
  block: null,
  isOwnDoing: false,
};
const pin = { kind: "pin", right: true, triesUsedUp: false } as const;
const facts: HotlinePassFacts = {
  now,
  isOneself: false,
  isStaff: false,
  hasLiveCase: false,
  passwordOff: false,
  hasFactor: false,
  signIn,
  check: pin,
};
const block = {
  since: later(-1),
  until: later(59),
  reference: "K7QM-2PX",
  because: "wrong-codes",
} as const;

/** Each row is refused by its own fact, whatever the rows below it say. */
const rows: [string, Partial<HotlinePassFacts>, object][] = [
  ["H1 nobody lets themselves through", { isOneself: true }, { kind: "oneself" }],
  ["H2 never for an account of the staff", { isStaff: true }, { kind: "staff" }],
  ["H3 never while a case is open", { hasLiveCase: true }, { kind: "case-open" }],
  ["H4 not with a password that opens nothing", { passwordOff: true }, { kind: "password-off" }],
  ["H4a never for an account with a second factor", { hasFactor: true }, { kind: "has-factor" }],
  ["H6 not without a sign-in of that reference", { signIn: null }, { kind: "no-pending" }],
  [
    "H6 not for one that has ended",
    { signIn: { ...signIn, endedAt: later(-1) } },
    { kind: "no-pending" },
  ],
  [
    "H6 not for one that is over",
    { signIn: { ...signIn, expiresAt: now } },
    { kind: "no-pending" },
  ],
  [
    "H6 not for one that was let through before, used or not",
    { signIn: { ...signIn, passUntil: later(-10) } },
    { kind: "no-pending" },
  ],
  [
    "H5 not at a blocked network: the block is to be lifted",
    { signIn: { ...signIn, endedAt: later(-1), block } },
    { kind: "blocked", reference: "K7QM-2PX" },
  ],
  [
    "H11 not for a sign-in from a network or browser of their own",
    { signIn: { ...signIn, isOwnDoing: true } },
    { kind: "own-doing" },
  ],
  [
    "H7 not by a call to a number that may not be called",
    { check: { kind: "call-back", possible: false, by: { kind: "two", tie: null } } },
    { kind: "call-back-impossible" },
  ],
  [
    "H8 no PIN is looked at after too many wrong ones",
    { check: { ...pin, triesUsedUp: true } },
    { kind: "too-many-pins" },
  ],
  ["H9 not with a wrong PIN", { check: { ...pin, right: false } }, { kind: "wrong-pin" }],
];

test.each(rows)("%s", (_, fact, verdict) => {
  expect(judgeHotlinePass({ ...facts, ...fact })).toEqual(verdict);
});

test("the rows are judged in their order, so that a check is looked at last", () => {
  let all: HotlinePassFacts = facts;
  for (const [name, fact, verdict] of [...rows].reverse()) {
    all = { ...all, ...fact };
    expect(judgeHotlinePass(all), name).toEqual(verdict);
  }
});

const calledBack = (by: CalledBackBy) =>
  judgeHotlinePass({ ...facts, check: { kind: "call-back", possible: true, by } });

test("H10 the right PIN, or a call back that two confirm, lets through for 15 minutes", () => {
  const granted = { kind: "granted", until: later(15) };
  expect(judgeHotlinePass(facts)).toEqual(granted);
  expect(calledBack({ kind: "two", tie: null })).toEqual(granted);
});

test("H12 a call back waits for a second member of staff, as long as the sign-in does", () => {
  expect(calledBack({ kind: "one" })).toEqual({ kind: "call-back-noted", until: later(5) });
});

test("H13 who is tied to the one who called is no second", () => {
  for (const tie of ["same", "invited", "same-browser", "joined-after"] as const) {
    expect(calledBack({ kind: "two", tie })).toEqual({ kind: "not-independent", tie });
  }
});

test("a number is called back once it stood for more than 7 days", () => {
  const phone = "+351215550100";
  const days = (count: number) => later(count * 24 * 60);
  expect(canCallBack({ now, phone, phoneChangedAt: days(-8) })).toBe(true);
  expect(canCallBack({ now, phone, phoneChangedAt: days(-7) })).toBe(false);
  expect(canCallBack({ now, phone, phoneChangedAt: now })).toBe(false);
  expect(canCallBack({ now, phone, phoneChangedAt: null })).toBe(false);
  expect(canCallBack({ now, phone: null, phoneChangedAt: days(-8) })).toBe(false);
});
