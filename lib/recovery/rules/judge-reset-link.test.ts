import { expect, test } from "vitest";
import { judgeResetLink, type ResetLinkFacts } from "@/lib/recovery/rules/judge-reset-link";

const now = new Date("2026-11-22T14:00:00Z");
const after = (ms: number) => new Date(now.getTime() + ms);

const judge = (facts: Partial<ResetLinkFacts>) =>
  judgeResetLink({ now, expiresAt: after(1), endedAt: null, accountId: "a", ...facts });

test("L1: a link made for an address without an account opens nothing", () => {
  expect(judge({ accountId: null })).toEqual({ kind: "dead", because: "for-nobody" });
});

test("L2: a link that was used, or ended by another new password, works no more", () => {
  expect(judge({ endedAt: after(-1) })).toEqual({ kind: "dead", because: "ended" });
});

test("L3: a link works up to its end and not at it", () => {
  expect(judge({ expiresAt: after(0) })).toEqual({ kind: "dead", because: "expired" });
  expect(judge({ expiresAt: after(-1) })).toEqual({ kind: "dead", because: "expired" });
});

test("L4: otherwise it works", () => {
  expect(judge({})).toEqual({ kind: "live" });
});
