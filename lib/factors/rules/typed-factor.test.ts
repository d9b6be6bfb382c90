import { expect, test } from "vitest";
import { hashRecoveryCode, newRecoveryCodes } from "@/lib/factors/recovery-codes";
import { RECOVERY_ALPHABET, readTypedFactor } from "@/lib/factors/rules/typed-factor";

const recovery = { kind: "recovery", code: "ABCDEFGHJKLMNPQR" } as const;

test.each([
  ["123456", { kind: "app", digits: "123456" }],
  [" 123 456 ", { kind: "app", digits: "123456" }],
  ["123–456", { kind: "app", digits: "123456" }],
  ["１２３４５６", { kind: "app", digits: "123456" }],
  ["ABCD-EFGH-JKLM-NPQR", recovery],
  ["abcd efgh jklm npqr", recovery],
  ["abcdefghjklmnpqr", recovery],
  ["ＡＢＣＤ—EFGH‑JKLM\u200bNPQR", recovery],
  ["", null],
  ["12345", null],
  ["1234567", null],
  ["ABCD-EFGH-JKLM-NPQ", null],
  ["ABCD-EFGH-JKLM-NPQI", null],
  ["ABCD-EFGH-JKLM-NPQ0", null],
  ["٣٣٣٣٣٣", null],
  ["1".repeat(101), null],
  [`${" ".repeat(200)}123456`, null],
])("%j is read as %j", (typed, read) => {
  expect(readTypedFactor(typed)).toEqual(read);
});

test("ten recovery codes are four groups of four characters that are not misread, all different", () => {
  expect(RECOVERY_ALPHABET).toHaveLength(32);
  const codes = Array.from({ length: 50 }, newRecoveryCodes).flat();
  expect(newRecoveryCodes()).toHaveLength(10);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) {
    expect(code).toMatch(/^[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){3}$/);
    expect(readTypedFactor(code)).toEqual({ kind: "recovery", code: code.replaceAll("-", "") });
  }
  const characters = new Set(codes.join("").replaceAll("-", ""));
  expect(characters.size).toBe(32);
});

test("what is stored of a code is of one account, whether its dashes are there or not", () => {
  const hash = hashRecoveryCode("one", "ABCD-EFGH-JKLM-NPQR");
  expect(hash).toEqual(hashRecoveryCode("one", "ABCDEFGHJKLMNPQR"));
  expect(hash).not.toEqual(hashRecoveryCode("two", "ABCDEFGHJKLMNPQR"));
});
