import { expect, test } from "vitest";
import { readReason } from "@/lib/audit/rules/read-reason";
import { roleReasonLengths } from "@/lib/staff/rules/limits";
import { reasonLengths } from "@/lib/support/rules/limits";

const kinds = [
  ["of support", (typed: string) => readReason(typed, reasonLengths), reasonLengths.max],
  ["of an admin", (typed: string) => readReason(typed, roleReasonLengths), roleReasonLengths.max],
] as const;

for (const [whose, read, max] of kinds) {
  test.each(["", "   ", "\n\t\u0000", "\u200b\u2800", "\u202e\u202c"])(
    `a reason ${whose}: %j is none`,
    (typed) => {
      expect(read(typed)).toEqual({ error: "reasonMissing" });
    },
  );

  test.each([
    ["  New in\r\n the\tteam ", "New in the team"],
    ["called\r\n\r\n  us\u0000 twice\ud800", "called us twice"],
    ["paid \u202e001\u202c euros", "paid 001 euros"],
    ["a\u0000b\u202Ec\u{d800}d", "a b c d"],
    ["\u2066called us\u2069", "called us"],
    ["called\u200f us\u061c", "called us"],
  ])(
    `a reason ${whose}: %j is one line, without what is not shown or turns others about`,
    (typed, reason) => {
      expect(read(typed)).toEqual({ reason });
    },
  );

  test(`a reason ${whose} ends, counted as people do`, () => {
    for (const character of ["a", "é", "🙂"]) {
      expect(read(character.repeat(max))).toEqual({ reason: character.repeat(max) });
      expect(read(character.repeat(max + 1))).toEqual({ error: "reasonTooLong" });
    }
  });
}

test("a reason of support has 5 to 500 characters, one of an admin 1 to 300", () => {
  expect([reasonLengths, roleReasonLengths]).toEqual([{ min: 5, max: 500 }, { max: 300 }]);
  expect(readReason(" abcd ", reasonLengths)).toEqual({ error: "reasonTooShort" });
  expect(readReason("abcde", reasonLengths)).toEqual({ reason: "abcde" });
  expect(readReason("a", roleReasonLengths)).toEqual({ reason: "a" });
});
