import { expect, test } from "vitest";
import { judgeNotMeLink, judgePress } from "@/lib/not-me/rules/judge-press";

const now = new Date("2026-11-22T12:00:00Z");
const later = new Date(now.getTime() + 1);
const notifiedOf = { mail: "place-trusted", ip: "192.0.2.1", network: "192.0.2.1/32" };
const emailChange = { kind: "email-change", emailChangeId: "x" } as const;

test("N1 a link works until its end, and once", () => {
  expect(judgeNotMeLink({ now, expiresAt: later, endedAt: null })).toEqual({ kind: "live" });
  expect(judgeNotMeLink({ now, expiresAt: now, endedAt: null })).toEqual({ kind: "expired" });
  expect(judgeNotMeLink({ now, expiresAt: later, endedAt: now })).toEqual({ kind: "used" });
});

test("N2 the network is blocked unless it was trusted before", () => {
  expect(judgePress({ ...notifiedOf, trustedBefore: false }, null, false, now).blocks).toBe(true);
  expect(judgePress({ ...notifiedOf, trustedBefore: true }, null, false, now).blocks).toBe(false);
});

test("N3 the change that the mail is about is undone", () => {
  const undo = { kind: "place", network: "192.0.2.0/24" } as const;
  expect(judgePress({ ...notifiedOf, trustedBefore: true, undo }, null, false, now).undo).toEqual(
    undo,
  );
  expect(judgePress({ ...notifiedOf, trustedBefore: true }, null, false, now).undo).toBeNull();
});

test("N3a each of several things is undone, but for a change of e-mail, which has a link of its own", () => {
  const [undo, second] = [{ kind: "place", network: "192.0.2.0/24" }, { kind: "phone" }] as const;
  const facts = { ...notifiedOf, trustedBefore: true, undo, also: [second, emailChange] };
  expect(judgePress(facts, null, true, now)).toEqual({ blocks: false, undo, also: [second] });
});

test("N4 a done change of e-mail is undone from the old address alone, and for 7 days", () => {
  const facts = { ...notifiedOf, trustedBefore: true, undo: emailChange };
  const done = { endedBecause: "done", undoUntil: later };
  expect(judgePress(facts, done, true, now).undo).toEqual(emailChange);
  expect(judgePress(facts, done, false, now).undo).toBeNull();
  expect(judgePress(facts, { ...done, undoUntil: now }, true, now).undo).toBeNull();
  expect(judgePress(facts, { ...done, endedBecause: "undone" }, true, now).undo).toBeNull();
  expect(judgePress(facts, null, true, now).undo).toBeNull();
});
