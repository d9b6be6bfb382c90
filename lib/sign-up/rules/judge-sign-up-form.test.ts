import { expect, test } from "vitest";
import { judgeSignUpForm } from "@/lib/sign-up/rules/judge-sign-up-form";

const lengths = { name: 100, email: 254, passwordMin: 8, passwordMax: 128 };
const good = { name: "Ana Silva", email: "ana@example.com", password: "correct horse battery" };
const judge = (
  form: Partial<typeof good>,
  read = { email: "ana@example.com" as string | null, isCommon: false },
) => judgeSignUpForm({ ...good, ...form }, read, lengths);

test("a plain form is taken", () => {
  expect(judge({})).toEqual({});
});

test.each([
  "José Ñandú",
  "Ø",
  "山田太郎",
  "Anne-Marie O'Neill",
  "Dr. Ana Silva",
  "Ana S.",
  "J. R. R. Tolkien",
  "x".repeat(100),
])("the name %s is taken", (name) => {
  expect(judge({ name }).name).toBeUndefined();
});

test.each([
  ["", "nameMissing"],
  ["x".repeat(101), "nameTooLong"],
  ["win at http://evil", "nameIsUrl"],
  ["www.evil", "nameIsUrl"],
  ["Get cash at evil.example now", "nameIsUrl"],
  ["Ana\u0000", "nameInvalid"],
  ["Ana\r\nBcc: x", "nameInvalid"],
  ["\u202eana", "nameInvalid"],
  ["<b>Ana</b>", "nameInvalid"],
])("the name %j is %s", (name, error) => {
  expect(judge({ name }).name).toBe(error);
});

test("an address is missing, too long or invalid", () => {
  expect(judge({ email: "" }).email).toBe("emailMissing");
  expect(judge({ email: "x".repeat(255) }).email).toBe("emailTooLong");
  expect(judge({ email: "ana" }, { email: null, isCommon: false }).email).toBe("emailInvalid");
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
  expect(judge({}, { email: "ana@example.com", isCommon: true }).password).toBe("passwordCommon");
  expect(judge({ password: "aaaaaaaabbbb" }).password).toBeUndefined();
});
