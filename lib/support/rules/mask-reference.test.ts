import { expect, test } from "vitest";
import { maskReference } from "@/lib/support/rules/mask-reference";

test("a reference shows its first two characters and its last", () => {
  expect(maskReference("K7QM-2PX")).toBe("K7••-••X");
});
