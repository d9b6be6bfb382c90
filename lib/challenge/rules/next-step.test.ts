import { expect, test } from "vitest";
import {
  type Helped,
  lookAgainSeconds,
  type NextStep,
  nextStepOf,
} from "@/lib/challenge/rules/next-step";
import { type FailureReason, failureReasons } from "@/lib/mail/rules/failure-reason";
import { type MailState, mailStates } from "@/lib/mail/rules/mail-state";

const alone: Helped = { isNewAddress: false, hasOther: false, contact: null, canResend: true };
const called: Helped = { ...alone, contact: "phone" };
const written: Helped = { ...alone, contact: "email" };
const beside = { ...called, hasOther: true };
const typed = { ...called, isNewAddress: true };
const often = { ...called, canResend: false };

test.each<[MailState, FailureReason | null, Helped, NextStep]>([
  ["queued", null, alone, "wait"],
  ["queued", null, beside, "wait"],
  ["accepted", null, beside, "look-in-spam"],
  ["delivered", null, typed, "look-in-spam"],
  ["delayed", "other", beside, "wait-until"],
  ["refused", "no-mailbox", beside, "other-address"],
  ["refused", "full", beside, "other-address"],
  ["suppressed", "complaint", beside, "other-address"],
  ["refused", "full", called, "make-room"],
  ["refused", "no-mailbox", called, "call-us"],
  ["refused", "no-mailbox", alone, "recover"],
  ["refused", "no-mailbox", written, "write-to-us"],
  ["suppressed", "complaint", written, "write-to-us"],
  ["refused", "blocked", called, "call-us"],
  ["refused", "blocked", alone, "recover"],
  ["refused", "contents", called, "send-again"],
  ["refused", "other", alone, "send-again"],
  ["refused", null, alone, "send-again"],
  // What cannot be asked for again is no step.
  ["refused", "other", often, "start-anew"],
  ["refused", null, { ...often, isNewAddress: true }, "start-anew"],
  ["refused", "full", often, "make-room-anew"],
  ["refused", "full", { ...often, isNewAddress: true }, "make-room-anew"],
  ["refused", "no-mailbox", { ...often, hasOther: true }, "other-address"],
  ["delivered", null, often, "look-in-spam"],
  ["suppressed", "full", called, "call-us"],
  ["suppressed", "no-mailbox", alone, "recover"],
  ["refused", "no-mailbox", typed, "check-address"],
  ["refused", "full", typed, "make-room"],
  ["refused", "blocked", typed, "another-address"],
  ["refused", "complaint", typed, "another-address"],
  ["refused", null, typed, "send-again"],
  ["suppressed", "no-mailbox", typed, "another-address"],
])("%s (%s): %o is helped by %s", (state, reason, helped, step) => {
  expect(nextStepOf({ state, reason, isLate: false }, helped)).toBe(step);
});

test("whoever waits for what should have left is helped by a later try, not by a moment", () => {
  const late = { state: "queued", reason: null, isLate: true } as const;
  for (const helped of [alone, beside, typed]) expect(nextStepOf(late, helped)).toBe("try-later");
});

test("where one mail was refused and another is under way, one waits for that", () => {
  for (const state of ["accepted", "delayed", "delivered"] as const) {
    expect(nextStepOf({ state, reason: null, isReplaced: true, isLate: false }, alone)).toBe(
      "wait",
    );
  }
});

test("whatever became of it, an address that was just typed leads to no account's help", () => {
  for (const state of mailStates) {
    for (const reason of [null, ...failureReasons]) {
      const step = nextStepOf({ state, reason, isLate: false }, typed);
      const ofAccounts = ["call-us", "write-to-us", "recover", "other-address"];
      expect(ofAccounts, `${state} ${reason}`).not.toContain(step);
    }
  }
});

const now = new Date("2026-11-30T12:00:00Z");
const since = (state: MailState, seconds: number, isLate = false) => ({
  state,
  at: state === "queued" ? null : new Date(now.getTime() - seconds * 1000),
  isLate,
});

test.each([
  [[since("queued", 0)], 3],
  [[since("queued", 0, true)], 5],
  [[since("queued", 0), since("accepted", 500)], 3],
  [[since("accepted", 59)], 5],
  [[since("accepted", 60)], 15],
  [[since("delayed", 179)], 15],
  [[since("accepted", 180)], 30],
  [[since("accepted", 500), since("accepted", 10)], 5],
  [[since("delivered", 1), since("accepted", 500)], 30],
  // What arrived may come back, and what was refused be reported: until the code expires.
  [[since("delivered", 1)], 30],
  [[since("delivered", 500)], 30],
  [[since("refused", 1)], 30],
  [[since("refused", 1), since("suppressed", 1), since("delivered", 1)], 30],
  [[{ ...since("accepted", 500), isReplaced: true }], 3],
  [[{ ...since("delivered", 500), isReplaced: true, isLate: true }], 5],
  [[since("suppressed", 1), since("suppressed", 9)], null],
  [[], null],
])("%o: looks again after %s seconds", (ways, seconds) => {
  expect(lookAgainSeconds(ways, now)).toBe(seconds);
});
