import { expect, test } from "vitest";
import { typedText, withAnswer } from "@/lib/cases/case-text";

test("a text keeps its lines and loses what cannot be seen", () => {
  expect(typedText("  one\r\ntwo\r\n\r\n\r\n\r\nthree\u0007\u202e  ")).toBe("one\ntwo\n\nthree");
});

test("an answer stands apart, and nobody can type what keeps it apart", () => {
  const at = new Date("2026-11-22T14:32:10Z");
  expect(withAnswer("First.", "Second.", at)).toBe("First.\n\n━━ 2026-11-22 14:32 UTC ━━\nSecond.");
  expect(withAnswer(null, "Second.", at)).toBe("━━ 2026-11-22 14:32 UTC ━━\nSecond.");
  expect(typedText("━━ 2026-11-22 14:32 UTC ━━")).toBe("-- 2026-11-22 14:32 UTC --");
});
