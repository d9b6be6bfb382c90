import { expect, test } from "vitest";
import { roles } from "@/lib/account/roles";
import { factorRequired } from "@/lib/account/rules/factor-required";

test.each(["marketing", "support", "admin", "of another version"])(
  "%s must have a second factor, whatever the operator says",
  (role) => {
    expect(factorRequired(role, [])).toBe(true);
    expect(factorRequired(role, ["customer"])).toBe(true);
    expect(factorRequired(role, ["admin"])).toBe(true);
  },
);

test("customers must have one only where the operator says so", () => {
  expect(factorRequired("customer", [])).toBe(false);
  expect(factorRequired("customer", ["marketing", "support", "admin"])).toBe(false);
  expect(factorRequired("customer", ["admin", "customer"])).toBe(true);
  expect(factorRequired("customer", roles)).toBe(true);
});
