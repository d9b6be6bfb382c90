import { expect, test } from "vitest";
import { readReference } from "@/lib/cases/request/typed-reference";
import { newReference } from "@/lib/secrets/reference";

test.each(["K7QM-2PX", "k7qm-2px", " K7QM 2PX ", "k7qm2px", "K7QM\u20132PX", "Ｋ７ＱＭ２ＰＸ"])(
  "%j reads as K7QM-2PX",
  (typed) => {
    expect(readReference(typed)).toBe("K7QM-2PX");
  },
);

test.each(["", "K7QM", "K7QM-2PX9", "K0QM-2PX", "' OR 1=1", "K7QM-2PX".repeat(99)])(
  "%j is no reference",
  (typed) => {
    expect(readReference(typed)).toBeNull();
  },
);

test("what we give out is read", () => {
  const reference = newReference();
  expect(readReference(reference)).toBe(reference);
});
