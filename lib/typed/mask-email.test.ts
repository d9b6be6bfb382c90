import { expect, test } from "vitest";
import { maskEmail } from "@/lib/typed/mask-email";

test("an address is shortened to its first letters and its ending", () => {
  expect(maskEmail("maria@example.com")).toBe("m•••@e•••.com");
  expect(maskEmail("m@e.co.uk")).toBe("m•••@e•••.uk");
});

test("the length of an address does not show", () => {
  expect(maskEmail("ab@cd.com").length).toBe(maskEmail("a-long-one@some-company.com").length);
});
