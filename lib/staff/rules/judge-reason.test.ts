import { expect, test } from "vitest";
import { judgeReason } from "@/lib/staff/rules/judge-reason";
import { REASON_MAX_LENGTH } from "@/lib/staff/rules/limits";

test("a reason stands on one line, without what cannot be shown or stored", () => {
  expect(judgeReason("  New in\r\n the\tteam ")).toEqual({ reason: "New in the team" });
  expect(judgeReason("a\u0000b\u202Ec\u{d800}d")).toEqual({ reason: "a b c d" });
});

test("there is one, and it ends", () => {
  for (const nothing of ["", "  ", "\u0000", "\n\n"]) {
    expect(judgeReason(nothing)).toEqual({ error: "reasonMissing" });
  }
  const longest = "\u{1F511}".repeat(REASON_MAX_LENGTH);
  expect(judgeReason(longest)).toEqual({ reason: longest });
  expect(judgeReason(`${longest}x`)).toEqual({ error: "reasonTooLong" });
});
