import { expect, test } from "vitest";
import { type CaseState, caseStates, isLive } from "@/lib/account/rules/case-states";
import {
  countsApproval,
  type Decision,
  type DecisionFacts,
  judgeDecision,
  staysApproved,
} from "@/lib/cases/rules/judge-decision";

const open: DecisionFacts = {
  state: "open",
  seenVersion: 3,
  version: 3,
  staffId: "ana",
  staffRole: "support",
  isOneself: false,
  hasAccount: true,
  subjectIsStaff: false,
  isTaken: false,
  approvedBy: [],
  tie: null,
  objected: false,
  approvalsNeeded: 2,
};

const decisions: Decision[] = ["approve", "refuse", "ask"];
const undecided: CaseState[] = ["open", "needs-more"];
const judge = (decision: Decision, facts: Partial<DecisionFacts> = {}) =>
  judgeDecision({ ...open, ...facts }, decision);

test.each(undecided)("R1 two members of staff agree to a case that is %s", (state) => {
  expect(judge("approve", { state })).toEqual({ kind: "agreed", missing: 1 });
  expect(judge("approve", { state, approvedBy: ["rui"] })).toEqual({ kind: "approved" });
});

test("R2 the same member of staff never counts twice", () => {
  expect(judge("approve", { approvedBy: ["ana"] })).toEqual({ kind: "approved-by-you" });
  expect(judge("approve", { approvedBy: ["ana", "ana"] })).toEqual({ kind: "approved-by-you" });
});

test("R3 one is enough where an admin set it so, also if they agreed before that", () => {
  expect(judge("approve", { approvalsNeeded: 1 })).toEqual({ kind: "approved" });
  expect(judge("approve", { approvalsNeeded: 1, approvedBy: ["ana"] })).toEqual({
    kind: "approved",
  });
});

test("R4 after an objection two decide, whatever is set", () => {
  const objected = { objected: true, approvalsNeeded: 1 };
  expect(judge("approve", objected)).toEqual({ kind: "agreed", missing: 1 });
  expect(judge("approve", { ...objected, approvedBy: ["ana"] }).kind).toBe("approved-by-you");
  expect(judge("approve", { ...objected, approvedBy: ["rui"] })).toEqual({ kind: "approved" });
});

test.each(decisions)("R5 nobody decides about themselves: %s", (decision) => {
  for (const state of caseStates) {
    expect(judge(decision, { isOneself: true, state })).toEqual({ kind: "oneself" });
  }
});

test.each(decisions)("R6 nobody decides on what they have not seen: %s", (decision) => {
  for (const state of [...undecided, "approved" as const]) {
    for (const seenVersion of [2, 4, Number.NaN]) {
      expect(judge(decision, { state, seenVersion })).toEqual({ kind: "outdated" });
    }
  }
});

test.each(caseStates.filter((state) => !isLive(state)))("R7 what is %s is over", (state) => {
  for (const decision of decisions) {
    expect(judge(decision, { state })).toEqual({ kind: "over" });
    expect(judge(decision, { state, seenVersion: 1 })).toEqual({ kind: "over" });
  }
});

test("R8 what was agreed to can be refused until it is carried out, and nothing else", () => {
  expect(judge("refuse", { state: "approved" })).toEqual({ kind: "refused" });
  expect(judge("ask", { state: "approved" })).toEqual({ kind: "over" });
  expect(judge("approve", { state: "approved" })).toEqual({ kind: "over" });
});

test("R9 without an account there is nothing to change, but it can be asked about and refused", () => {
  const nobody = { hasAccount: false };
  expect(judge("approve", nobody)).toEqual({ kind: "no-account" });
  expect(judge("ask", nobody)).toEqual({ kind: "asked" });
  expect(judge("refuse", nobody)).toEqual({ kind: "refused" });
});

test("R10 an address that has an account of its own is not given to another", () => {
  const taken = { isTaken: true };
  expect(judge("approve", taken)).toEqual({ kind: "taken" });
  expect(judge("ask", taken)).toEqual({ kind: "asked" });
  expect(judge("refuse", taken)).toEqual({ kind: "refused" });
});

test.each(undecided)("R11 one is enough to refuse or to ask about a case that is %s", (state) => {
  expect(judge("refuse", { state })).toEqual({ kind: "refused" });
  expect(judge("ask", { state })).toEqual({ kind: "asked" });
});

test("R12 about an account of the staff only admins agree; support can ask and refuse", () => {
  const staffs = { subjectIsStaff: true, approvedBy: ["rui"] };
  expect(judge("approve", staffs)).toEqual({ kind: "admins-only" });
  expect(judge("ask", staffs)).toEqual({ kind: "asked" });
  expect(judge("refuse", staffs)).toEqual({ kind: "refused" });
  expect(judge("approve", { ...staffs, staffRole: "admin" })).toEqual({ kind: "approved" });
});

test("R12 about an account of the staff always two agree, whatever is set", () => {
  const staffs = { subjectIsStaff: true, staffRole: "admin", approvalsNeeded: 1 };
  expect(judge("approve", staffs)).toEqual({ kind: "agreed", missing: 1 });
  expect(judge("approve", { ...staffs, approvedBy: ["ana"] }).kind).toBe("approved-by-you");
});

test("R13 an approval counts as long as who gave it may give it", () => {
  const counting = (subjectIsStaff: boolean) =>
    ["customer", "marketing", "support", "admin", "owner"].filter((role) =>
      countsApproval({ role }, { subjectIsStaff }),
    );
  expect(counting(false)).toEqual(["support", "admin"]);
  expect(counting(true)).toEqual(["admin"]);
});

test.each([
  [{ all: 2, byAdmins: 2 }, true],
  [{ all: 3, byAdmins: 3 }, true],
  [{ all: 2, byAdmins: 1 }, false],
  [{ all: 3, byAdmins: 2 }, false],
  [{ all: 1, byAdmins: 1 }, false],
  [{ all: 0, byAdmins: 0 }, false],
])(
  "an account that is one of the staff by now is changed for two admins alone: %j",
  (given, stays) => {
    expect(staysApproved({ subjectIsStaff: true, given })).toBe(stays);
    expect(staysApproved({ subjectIsStaff: false, given })).toBe(true);
  },
);

test("R14 an approval that is somebody else's word once more is none, whatever is set", () => {
  for (const tie of [
    "joined-after",
    "of-subject",
    "own-doing",
    "invited",
    "same-browser",
  ] as const) {
    const refused = { kind: "not-independent", tie };
    expect(judge("approve", { tie })).toEqual(refused);
    expect(judge("approve", { tie, approvedBy: ["rui"] })).toEqual(refused);
    expect(judge("approve", { tie, approvalsNeeded: 1 })).toEqual(refused);
    expect(judge("approve", { tie, subjectIsStaff: true, staffRole: "admin" })).toEqual(refused);
    expect(judge("refuse", { tie })).toEqual({ kind: "refused" });
    expect(judge("ask", { tie })).toEqual({ kind: "asked" });
  }
});
