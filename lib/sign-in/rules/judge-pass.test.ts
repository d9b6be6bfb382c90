import { expect, test } from "vitest";
import { afterMinutes } from "@/lib/moments";
import { judgePass, type PassFacts } from "@/lib/sign-in/rules/judge-pass";

const now = new Date("2026-11-24T14:00:00Z");

const judge = (facts: Partial<PassFacts>) =>
  judgePass({
    now,
    passUntil: afterMinutes(now, 15),
    endedBecause: null,
    network: "203.0.113.7/32",
    presentNetwork: "203.0.113.7/32",
    block: null,
    isStaff: false,
    asksFactor: false,
    hasLiveCase: false,
    ...facts,
  }).kind;

test("P1 a pass lets its sign-in through until its last moment, not at it", () => {
  expect(judge({})).toBe("admitted");
  expect(judge({ passUntil: new Date(now.getTime() + 1) })).toBe("admitted");
  expect(judge({ passUntil: now })).toBe("none");
  expect(judge({ passUntil: null })).toBe("none");
});

test("P2 a sign-in that was used, replaced, blocked or ended by a new password is let through no more", () => {
  for (const endedBecause of ["used", "superseded", "blocked", "password-changed"] as const) {
    expect(judge({ endedBecause })).toBe("none");
  }
});

test("P3 a block of its network stops a pass that was given before", () => {
  const block = {
    since: now,
    until: afterMinutes(now, 60),
    reference: "K7QM-2PX",
    because: "not-me" as const,
  };
  expect(judge({ block })).toBe("none");
});

test("P4 no pass opens an account of staff, nor one with a second factor, nor one whose case is open", () => {
  expect(judge({ isStaff: true })).toBe("none");
  expect(judge({ asksFactor: true })).toBe("none");
  expect(judge({ hasLiveCase: true })).toBe("none");
});

test("P5 it is good at the network it was given for, and at no other", () => {
  expect(judge({ presentNetwork: "198.51.100.9/32" })).toBe("network-changed");
});
