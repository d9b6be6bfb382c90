import { expect, test } from "vitest";
import { judgeSignUpForm, type SignUpErrors } from "@/lib/sign-up/rules/judge-sign-up-form";

const lengths = { passwordMin: 8, passwordMax: 128 };
const good = { name: "Ana Silva", email: "ana@example.com", password: "correct horse battery" };
const judge = (
  form: Partial<typeof good>,
  read: Pick<SignUpErrors, "name" | "email"> = {},
  isCommon = false,
) => judgeSignUpForm({ ...good, ...form }, read, isCommon, lengths);

test("a plain form is taken", () => {
  expect(judge({})).toEqual({});
});

test("what is wrong with name and address is notified", () => {
  const read = { name: "nameIsUrl", email: "emailInvalid" } as const;
  expect(judge({}, read)).toEqual(read);
});

test.each([
  ["", "passwordMissing"],
  ["1234567", "passwordTooShort"],
  ["x".repeat(129), "passwordTooLong"],
  ["ANA@example.com", "passwordIsEmail"],
  ["ana silva", "passwordIsName"],
])("the password %j is %s", (password, error) => {
  expect(judge({ password }).password).toBe(error);
});

test("length counts characters, not UTF-16 units: eight emoji are long enough, seven are not", () => {
  expect(judge({ password: "🐢".repeat(8) }).password).toBeUndefined();
  expect(judge({ password: "🐢".repeat(7) }).password).toBe("passwordTooShort");
});

test("a password on the list of common ones is refused; no composition is asked for", () => {
  expect(judge({}, {}, true).password).toBe("passwordCommon");
  expect(judge({ password: "aaaaaaaabbbb" }).password).toBeUndefined();
});
