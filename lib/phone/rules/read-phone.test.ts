import fc from "fast-check";
import { expect, test } from "vitest";
import { phoneEnd, readPhone } from "@/lib/phone/rules/read-phone";

test.each([
  ["+351 21 555 0100", "+351215550100"],
  ["00351-21-555-0100", "+351215550100"],
  ["+1 (415) 555-0100", "+14155550100"],
  ["＋３５１ ２１ ５５５ ０１００", "+351215550100"],
  ["  ", null],
])("%j is %j", (typed, phone) => {
  expect(readPhone(typed)).toEqual({ phone });
});

test.each([
  ["21 555 0100", "phoneNoCountry"],
  ["021 555 0100", "phoneNoCountry"],
  ["+12", "phoneInvalid"],
  ["+0351215550100", "phoneInvalid"],
  [`+${"1".repeat(16)}`, "phoneInvalid"],
  ["+351 21 CALL-ME", "phoneInvalid"],
  ["<script>", "phoneInvalid"],
])("%j is not taken: %s", (typed, error) => {
  expect(readPhone(typed)).toEqual({ error });
});

test("whatever is typed, what is stored is a plus and 7 to 15 digits, or nothing", () => {
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const read = readPhone(typed);
      if ("phone" in read && read.phone !== null) expect(read.phone).toMatch(/^\+[1-9]\d{6,14}$/);
    }),
  );
});

test("a number is shown by its end alone", () => {
  expect(phoneEnd("+351215550100")).toBe("•••• 0100");
});
