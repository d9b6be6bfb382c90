import { expect, test } from "vitest";
import { dateFormat, numberFormat } from "@/lib/i18n/formats";

test("a format is made once for the same locale and options, and for no others", () => {
  const options = { timeZone: "Europe/Lisbon", hour: "2-digit" } as const;
  expect(dateFormat("fr", options)).toBe(dateFormat("fr", { ...options }));
  expect(dateFormat("fr", options)).not.toBe(dateFormat("es", options));
  expect(dateFormat("fr", options)).not.toBe(dateFormat("fr", { ...options, timeZone: "UTC" }));
  expect(numberFormat("fr", {}).format(1.5)).toBe("1,5");
});

test("only so many are kept", () => {
  const first = numberFormat("en", { minimumIntegerDigits: 1 });
  expect(numberFormat("en", { minimumIntegerDigits: 1 })).toBe(first);
  for (let more = 0; more < 300; more++) {
    numberFormat(`en-x-n${more}`, { minimumIntegerDigits: 2 });
  }
  expect(numberFormat("en", { minimumIntegerDigits: 1 })).not.toBe(first);
});
