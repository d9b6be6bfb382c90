import { expect, test } from "vitest";
import { isRoleName, roleSql } from "@/lib/audit/role-sql";

test.each(["portaria_app", "app", "App-1", "_x", "a".repeat(63)])("%s may be a role", (name) => {
  expect(isRoleName(name)).toBe(true);
  expect(roleSql(name)).toContain(`GRANT SELECT, INSERT ON public.audit_entry TO "${name}";`);
});

test.each([
  "",
  "1a",
  "-a",
  "a b",
  "a.b",
  'a"; DROP TABLE account; --',
  "a\nb",
  "é",
  "a".repeat(64),
])("%j may not: it would be another statement or another name", (name) => {
  expect(isRoleName(name)).toBe(false);
  expect(() => roleSql(name)).toThrow();
});

test.each(["public", "PUBLIC", "none", "pg_read_all_data", "PG_x"])(
  "%s may not, quoted or not: PostgreSQL means more than one role by it",
  (name) => {
    expect(isRoleName(name)).toBe(false);
  },
);
