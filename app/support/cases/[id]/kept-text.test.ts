import { expect, test } from "vitest";
import { keepText, keptText } from "@/app/support/cases/[id]/kept-text";

const again = (text: string) => {
  const kept = keepText(text);
  return keptText((field) => kept[field]);
};

test.each(["", "x", "é".repeat(700), "a reason\nin lines ".repeat(58), "🔒".repeat(320)])(
  "a text is the same again after its parts were carried over",
  (text) => {
    expect(again(text)).toBe(text);
    for (const part of Object.values(keepText(text))) expect(part.length).toBeLessThanOrEqual(320);
  },
);

test("what is too long for a cookie keeps its beginning", () => {
  for (const text of ["x".repeat(100_000), "猫".repeat(1_000), "🔒".repeat(1_000)]) {
    const kept = again(text);
    expect(text.startsWith(kept)).toBe(true);
    expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(1_400);
    expect(Buffer.byteLength(kept)).toBeGreaterThan(1_390);
  }
});
