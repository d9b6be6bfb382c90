import { expect, test } from "vitest";
import { judgeRoleChange, type RoleChangeFacts } from "@/lib/staff/rules/judge-role-change";

const judge = (facts: Partial<RoleChangeFacts>) =>
  judgeRoleChange({
    isOneself: false,
    before: "support",
    after: "marketing",
    otherAdmins: 1,
    ...facts,
  });

test("R1 nobody changes their own role, whatever it is to become", () => {
  for (const after of ["customer", "marketing", "support", "admin"]) {
    expect(judge({ isOneself: true, before: "admin", after })).toEqual({ kind: "oneself" });
  }
});

test("R2 a customer is made staff by no change: only by an invitation", () => {
  for (const after of ["customer", "marketing", "support", "admin"]) {
    expect(judge({ before: "customer", after })).toEqual({ kind: "not-staff" });
  }
});

test("R3 the same role is no change", () => {
  expect(judge({ after: "support" })).toEqual({ kind: "unchanged" });
  expect(judge({ before: "admin", after: "admin", otherAdmins: 0 })).toEqual({ kind: "unchanged" });
});

test("R4 the last admin stays one, and another one may go", () => {
  for (const after of ["customer", "marketing", "support"]) {
    const admin = { before: "admin", after };
    expect(judge({ ...admin, otherAdmins: 0 })).toEqual({ kind: "last-admin" });
    expect(judge({ ...admin, otherAdmins: 1 })).toEqual({ kind: "change" });
  }
});

test("R5 any other role of staff may change, without an admin left too", () => {
  for (const after of ["customer", "marketing", "admin"]) {
    expect(judge({ after, otherAdmins: 0 })).toEqual({ kind: "change" });
  }
});
