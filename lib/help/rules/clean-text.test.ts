import fc from "fast-check";
import { expect, test } from "vitest";
import { lengthOf } from "@/lib/forms/rules/length-of";
import { cleanText } from "@/lib/help/rules/clean-text";

test("line breaks of every kind are kept, long gaps become one empty line", () => {
  expect(cleanText("  One\r\ntwo\rthree\u2028four \t\n\n\n\nfive \n")).toBe(
    "One\ntwo\nthree\nfour\n\nfive",
  );
});

test("nothing stays that draws nothing or turns the text around", () => {
  expect(cleanText("a\u0000b\u0007c\u202etxt.exe\u2066d\u200be\ufeff\u00ad\u001b[2J")).toBe(
    "abctxt.exede[2J",
  );
});

test("letters of every script, accents and emoji stay", () => {
  const text = "Não é só português: 日本語, עברית, का, 👩‍💻 & <b>";
  expect(cleanText(text)).toBe(text);
});

test("cleaning again changes nothing, and never makes it longer", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (typed) => {
      const cleaned = cleanText(typed);
      expect(cleanText(cleaned)).toBe(cleaned);
      expect(lengthOf(cleaned)).toBeLessThanOrEqual(lengthOf(typed));
    }),
  );
});

test("an emoji counts as one character", () => {
  expect(lengthOf("👍é")).toBe(2);
});
