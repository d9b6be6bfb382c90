import { expect, test } from "vitest";
import { judgeNewPassword } from "@/lib/password/rules/judge-new-password";

const customer = { email: "ana@example.com", name: "Ana Silva" };
const judge = (password: string, isCommon = false) =>
  judgeNewPassword(password, customer, isCommon, { min: 8, max: 128 });

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

test.each([
  ["ａｂｃｄｅｆｇ", "passwordTooShort"],
  ["e\u0301".repeat(4), "passwordTooShort"],
  ["\u1100\u1161".repeat(7), "passwordTooShort"],
  ["ﷺ".repeat(8), "passwordTooLong"],
  ["①".repeat(129), "passwordTooLong"],
  ["ＡＮＡ＠ｅｘａｍｐｌｅ．ｃｏｍ", "passwordIsEmail"],
  ["𝐚𝐧𝐚@example.com", "passwordIsEmail"],
  ["Ａｎａ Ｓｉｌｖａ", "passwordIsName"],
  ["ana\u00a0silva", "passwordIsName"],
])("the password %j is judged in the form that is hashed: %s", (password, error) => {
  expect(judge(password)).toBe(error);
});

test("one that is long enough, or short enough, only in the form that is hashed is taken", () => {
  expect(judge("㎒㎒㎒")).toBeUndefined();
  expect(judge("e\u0301".repeat(100))).toBeUndefined();
});

test.each([
  ["info@почта.рф", "info@xn--80a1acny.xn--p1ai"],
  ["INFO@ПОЧТА.РФ", "info@xn--80a1acny.xn--p1ai"],
  ["info@почта。рф", "info@xn--80a1acny.xn--p1ai"],
  ["info@xn--80a1acny.xn--p1ai", "info@xn--80a1acny.xn--p1ai"],
  ["info@xn--80a1acny.xn--p1ai", "info@почта.рф"],
  ["ana@müller.de", "ana@xn--mller-kva.de"],
])("the password %j is the address %s, in whichever letters", (password, email) => {
  const lengths = { min: 8, max: 128 };
  expect(judgeNewPassword(password, { ...customer, email }, false, lengths)).toBe(
    "passwordIsEmail",
  );
  expect(judgeNewPassword(`${password}!x`, { ...customer, email }, false, lengths)).toBeUndefined();
});

test("a name in another form is the same name", () => {
  const named = { email: "ana@example.com", name: "Jose\u0301 Silva" };
  const lengths = { min: 8, max: 128 };
  expect(judgeNewPassword("jos\u00e9 silva", named, false, lengths)).toBe("passwordIsName");
});

test("a password on the list of common ones is refused; no composition is asked for", () => {
  expect(judge("correct horse", true)).toBe("passwordCommon");
  expect(judge("aaaaaaaabbbb")).toBeUndefined();
});
