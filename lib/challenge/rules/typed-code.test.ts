import fc from "fast-check";
import { expect, test } from "vitest";
import { readTypedCode } from "@/lib/challenge/rules/typed-code";

const digits = fc.stringMatching(/^[0-9]{6}$/);

test("C7 spaces and dashes of every kind are dropped", () => {
  const filler = fc.constantFrom(
    " ",
    "-",
    "\u00a0",
    "\u2009",
    "\u2013",
    "\u2014",
    "\u2212",
    "\t",
    "\u200b",
  );
  fc.assert(
    fc.property(digits, fc.array(filler, { minLength: 7, maxLength: 7 }), (code, fillers) => {
      const typed = [...code].map((digit, index) => `${fillers[index]}${digit}`).join("");
      expect(readTypedCode(`${typed}${fillers[6]}`)).toBe(code);
    }),
  );
});

test("C7 full-width digits are digits", () => {
  expect(readTypedCode("１２３ ４５６")).toBe("123456");
});

test.each([
  "",
  "12345",
  "1234567",
  "12345a",
  "１２３４５",
  "12.3456",
  "²³¹²³¹x",
  "0x1234",
  "1".repeat(200),
])("C7 %j is no code", (typed) => {
  expect(readTypedCode(typed)).toBeNull();
});

test("C7 whatever is typed is six ASCII digits or nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (typed) => {
      expect(readTypedCode(typed) ?? "000000").toMatch(/^[0-9]{6}$/);
    }),
  );
});
