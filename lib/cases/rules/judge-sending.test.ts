import { expect, test } from "vitest";
import { caseStates } from "@/lib/account/rules/case-states";
import { judgeSending, type SendingFacts } from "@/lib/cases/rules/judge-sending";

const now = new Date("2026-11-22T12:00:00Z");
const later = new Date(now.getTime() + 1);

const whole: SendingFacts = {
  now,
  state: "draft",
  expiresAt: later,
  proof: "password",
  lost: "mailbox",
  newEmailConfirmed: true,
  hasStory: true,
  documents: 0,
};

const judge = (facts: Partial<SendingFacts>) => judgeSending({ ...whole, ...facts });

test("D6: a draft with a proven address and what happened is sent", () => {
  expect(judge({})).toEqual({ kind: "send" });
  expect(judge({ proof: "session" })).toEqual({ kind: "send" });
});

test("D3: who has proven nothing sends documents; who has proven something may", () => {
  expect(judge({ proof: "nothing" })).toEqual({ kind: "missing", what: ["documents"] });
  expect(judge({ proof: "nothing", documents: 1 })).toEqual({ kind: "send" });
  expect(judge({ documents: 5 })).toEqual({ kind: "send" });
});

test("D3: an address that was not confirmed is not enough", () => {
  expect(judge({ newEmailConfirmed: false })).toEqual({ kind: "missing", what: ["new-email"] });
});

test("D3: of a lost second factor no address is asked for, and all else is", () => {
  const lost = "second-factor";
  expect(judge({ lost, newEmailConfirmed: false })).toEqual({ kind: "send" });
  const nothing = { lost, newEmailConfirmed: false, hasStory: false, proof: "nothing" } as const;
  expect(judge(nothing)).toEqual({ kind: "missing", what: ["story", "documents"] });
});

test("D3: without what happened it is not sent", () => {
  expect(judge({ hasStory: false })).toEqual({ kind: "missing", what: ["story"] });
});

test("D3: all that is missing is said at once, in the order of the form", () => {
  const nothing = { newEmailConfirmed: false, hasStory: false, proof: "nothing" } as const;
  expect(judge(nothing)).toEqual({ kind: "missing", what: ["new-email", "story", "documents"] });
});

test("D2: a draft lapses at its end, whatever it lacks", () => {
  expect(judge({ expiresAt: now })).toEqual({ kind: "lapsed" });
  expect(judge({ expiresAt: now, hasStory: false })).toEqual({ kind: "lapsed" });
});

test.each(caseStates.filter((state) => state !== "draft"))(
  "D1: what is %s is not sent again",
  (state) => {
    expect(judge({ state, expiresAt: now })).toEqual({ kind: "sent-already" });
  },
);
