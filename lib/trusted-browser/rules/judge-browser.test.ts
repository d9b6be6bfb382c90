import { expect, test } from "vitest";
import { judgeBrowser } from "@/lib/trusted-browser/rules/judge-browser";

const renewedAt = new Date("2026-11-22T12:00:00Z");
const after = (seconds: number) => new Date(renewedAt.getTime() + seconds * 1000);
const facts = { now: after(3600), shown: 4, generation: 4, renewedAt };

test("the cookie that was handed out last is trusted and renewed", () => {
  expect(judgeBrowser(facts)).toEqual({ kind: "trusted", renew: true });
});

test("the one before it counts for a minute, without another renewal: its answer may have got lost", () => {
  expect(judgeBrowser({ ...facts, shown: 3, now: after(59) })).toEqual({
    kind: "trusted",
    renew: false,
  });
  expect(judgeBrowser({ ...facts, shown: 3, now: after(60) })).toEqual({ kind: "copied" });
});

test("an older one is a copy, however soon it comes", () => {
  expect(judgeBrowser({ ...facts, shown: 2, now: after(1) })).toEqual({ kind: "copied" });
});

test("one that was never handed out is worth nothing, and accuses nobody", () => {
  expect(judgeBrowser({ ...facts, shown: 5 })).toEqual({ kind: "unknown" });
});
