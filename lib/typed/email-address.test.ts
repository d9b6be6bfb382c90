import { expect, test } from "vitest";
import { readEmail, shownEmail, typedEmail } from "@/lib/typed/email-address";

const x = (length: number) => "x".repeat(length);

// HTML Living Standard, "valid e-mail address".
test.each([
  "r&d@example.com",
  "o'neil@example.com",
  "a!#$%&'*+/=?^_`{|}~-z@example.com",
  ".dots..everywhere.@example.com",
  "1@2",
  "root@localhost",
  "ana@127.0.0.1",
  "ana@xn--80a1acny.xn--p1ai",
  "ana@xn--no-punycode.example",
  `${x(64)}@example.com`,
  `ana@${x(63)}.com`,
  `${x(64)}@${x(63)}.${x(63)}.${x(61)}`,
])("%s is an address", (typed) => {
  expect(typedEmail(typed)).toEqual({ email: typed });
});

test.each([
  ["info@почта.рф", "info@xn--80a1acny.xn--p1ai"],
  ["INFO@ПОЧТА.РФ", "info@xn--80a1acny.xn--p1ai"],
  ["info@XN--80A1ACNY.xn--p1ai", "info@xn--80a1acny.xn--p1ai"],
  ["info@почта。рф", "info@xn--80a1acny.xn--p1ai"],
  ["ana@bücher.example", "ana@xn--bcher-kva.example"],
  ["ana@bu\u0308cher.example", "ana@xn--bcher-kva.example"],
  ["Maria.Silva@Example.COM", "maria.silva@example.com"],
  ["  ana@example.com\t\r\n", "ana@example.com"],
  ["\u200bana@example.com\ufeff\u00a0", "ana@example.com"],
  ["mailto:ana@example.com", "ana@example.com"],
  ["MAILTO:r%26d@example.com?subject=Hello", "r&d@example.com"],
  ["<ana@example.com>", "ana@example.com"],
  ["<mailto:ana@example.com>", "ana@example.com"],
  ["Ana Silva <ana@example.com>", "ana@example.com"],
  ["ana＠example.com", "ana@example.com"],
  ["ａｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ana@example.com"],
])("%j is %s", (typed, email) => {
  expect(typedEmail(typed)).toEqual({ email });
});

test.each([
  ["", "emailMissing"],
  [" \u200b ", "emailMissing"],
  ["<>", "emailMissing"],
  ["mailto:", "emailMissing"],
  ["ana", "emailInvalid"],
  ["@", "emailInvalid"],
  ["@example.com", "emailInvalid"],
  ["ana@", "emailInvalid"],
  ["ana@@example.com", "emailInvalid"],
  ["ana@b@example.com", "emailInvalid"],
  ["ana@example..com", "emailInvalid"],
  ["ana@example.com.", "emailInvalid"],
  ["ana@.example.com", "emailInvalid"],
  ["ana@-example.com", "emailInvalid"],
  ["ana@example-.com", "emailInvalid"],
  ["ana@exam_ple.com", "emailInvalid"],
  ["ana@exam ple.com", "emailInvalid"],
  ["ana@почта.рф/x", "emailInvalid"],
  ["ana@почта.рф:25", "emailInvalid"],
  [`ana@${x(64)}.com`, "emailInvalid"],
  ["an a@example.com", "emailInvalid"],
  ["an\u200ba@example.com", "emailInvalid"],
  ["ação@example.com", "emailInvalid"],
  ["\u212aim@example.com", "emailInvalid"],
  ['"ana b"@example.com', "emailInvalid"],
  ["ana@[127.0.0.1]", "emailInvalid"],
  ["ana@example.com, eva@example.com", "emailInvalid"],
  ["ana@example.com\r\nBcc: eva@example.com", "emailInvalid"],
  ["<ana@example.com> <eva@example.com>", "emailInvalid"],
  ["mailto:ana%00@example.com", "emailInvalid"],
  [`${x(65)}@example.com`, "emailTooLong"],
  [`${x(64)}@${x(63)}.${x(63)}.${x(62)}`, "emailTooLong"],
  [`ana@${"почта".repeat(5)}.${"ж.".repeat(40)}рф`, "emailTooLong"],
  [x(255), "emailTooLong"],
])("%j is %s", (typed, error) => {
  expect(typedEmail(typed)).toEqual({ error });
});

test("what is no text is no address", () => {
  for (const typed of [null, undefined, 7, ["a@example.com"], {}]) {
    expect(readEmail(typed)).toBeNull();
  }
});

test("an address of other letters is shown both ways, any other as it is", () => {
  expect(shownEmail("info@xn--80a1acny.xn--p1ai")).toBe(
    "info@почта.рф (info@xn--80a1acny.xn--p1ai)",
  );
  expect(shownEmail("ana@example.com")).toBe("ana@example.com");
});
