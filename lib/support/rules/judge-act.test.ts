import { expect, test } from "vitest";
import { judgeAct } from "@/lib/support/rules/judge-act";

const facts = { staffRole: "support", isOneself: false, customerRole: "customer" };

test.each(["support", "admin"])("A4 %s acts on customers, marketing and support", (staffRole) => {
  for (const customerRole of ["customer", "marketing", "support"]) {
    expect(judgeAct({ ...facts, staffRole, customerRole })).toEqual({ kind: "allowed" });
  }
});

test.each(["customer", "marketing", "", "operator"])(
  "A1 the role %j acts on nobody",
  (staffRole) => {
    expect(judgeAct({ ...facts, staffRole })).toEqual({ kind: "not-support" });
    expect(judgeAct({ ...facts, staffRole, isOneself: true })).toEqual({ kind: "not-support" });
  },
);

test.each(["support", "admin"])("A2 %s acts not on themselves", (staffRole) => {
  const own = { staffRole, isOneself: true, customerRole: staffRole };
  expect(judgeAct(own)).toEqual({ kind: "oneself" });
});

test("A3 and A4: only an admin acts on an admin", () => {
  const onAdmin = { ...facts, customerRole: "admin" };
  expect(judgeAct(onAdmin)).toEqual({ kind: "admins-only" });
  expect(judgeAct({ ...onAdmin, staffRole: "admin" })).toEqual({ kind: "allowed" });
});
