import { expect, test } from "vitest";
import { ratesOf } from "@/lib/figures/rules/rates";

const nothing = {
  signIns: 0,
  codesSent: 0,
  codesRight: 0,
  blocks: 0,
  mailsSent: 0,
  mailsRefused: 0,
  mailsReturned: 0,
};

test("where nothing was sent there is no rate, rather than one of nought", () => {
  const none = { right: null, blocked: null, byCode: null, notArrived: null };
  expect(ratesOf(nothing)).toEqual(none);
});

test.each([
  ["right", { codesRight: 3, codesSent: 4 }, { part: 3, whole: 4, share: 0.75 }],
  ["right", { codesSent: 4 }, { part: 0, whole: 4, share: 0 }],
  ["blocked", { blocks: 1, codesSent: 8 }, { part: 1, whole: 8, share: 0.125 }],
  ["byCode", { codesRight: 1, signIns: 10 }, { part: 1, whole: 10, share: 0.1 }],
  ["notArrived", { mailsRefused: 1, mailsSent: 3 }, { part: 1, whole: 4, share: 0.25 }],
  ["notArrived", { mailsRefused: 2 }, { part: 2, whole: 2, share: 1 }],
  // What came back had left: it is one mail.
  ["notArrived", { mailsReturned: 1, mailsSent: 4 }, { part: 1, whole: 4, share: 0.25 }],
  [
    "notArrived",
    { mailsReturned: 1, mailsRefused: 1, mailsSent: 3 },
    { part: 2, whole: 4, share: 0.5 },
  ],
  // Sent in the hour before, typed or come back in this one.
  ["right", { codesRight: 2, codesSent: 1 }, { part: 2, whole: 1, share: 1 }],
  ["notArrived", { mailsReturned: 2, mailsSent: 1 }, { part: 2, whole: 1, share: 1 }],
  ["notArrived", { mailsReturned: 1 }, null],
] as const)("%s of %o is %o", (name, facts, rate) => {
  expect(ratesOf({ ...nothing, ...facts })[name]).toEqual(rate);
});
