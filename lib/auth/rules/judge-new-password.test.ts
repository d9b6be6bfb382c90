import { expect, test } from "vitest";
import { judgeNewPassword } from "@/lib/auth/rules/judge-new-password";

const owner = { email: "ana@example.com", name: "Ana Silva" };
const judge = (password: string, isCommon = false) =>
  judgeNewPassword(password, owner, isCommon, { min: 8, max: 128 });

test.each([
  ["", "passwordMissing"],
  ["1234567", "passwordTooShort"],
  ["x".repeat(129), "passwordTooLong"],
  ["ANA@example.com", "passwordIsEmail"],
  ["ana silva", "passwordIsName"],
])("the password %j is %s", (password, error) => {
  expect(judge(password)).toBe(error);
});

test("length counts characters, not UTF-16 units: eight emoji are long enough, seven are not", () => {
  expect(judge("🐢".repeat(8))).toBeUndefined();
  expect(judge("🐢".repeat(7))).toBe("passwordTooShort");
});

test("a password on the list of common ones is refused; no composition is asked for", () => {
  expect(judge("correct horse", true)).toBe("passwordCommon");
  expect(judge("aaaaaaaabbbb")).toBeUndefined();
});
