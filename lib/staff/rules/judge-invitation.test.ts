import { expect, test } from "vitest";
import { type InvitationFacts, judgeInvitation } from "@/lib/staff/rules/judge-invitation";

const now = new Date("2026-11-22T12:00:00Z");
const later = new Date(now.getTime() + 1);

const judge = (facts: Partial<InvitationFacts>) =>
  judgeInvitation({
    now,
    expiresAt: later,
    endedBecause: null,
    inviterMayInvite: true,
    addressOf: "nobody",
    ...facts,
  }).kind;

test("I1 an invitation that was accepted, withdrawn or replaced stays so", () => {
  for (const endedBecause of ["accepted", "withdrawn", "superseded"]) {
    expect(judge({ endedBecause })).toBe(endedBecause);
    expect(judge({ endedBecause, addressOf: "staff", expiresAt: now })).toBe(endedBecause);
  }
  expect(judge({ endedBecause: "something newer" })).toBe("withdrawn");
});

test("I2 an invitation by somebody who is no admin any more is worth nothing", () => {
  expect(judge({ inviterMayInvite: false })).toBe("withdrawn");
  expect(judge({ inviterMayInvite: false, addressOf: "customer" })).toBe("withdrawn");
});

test("I3 it works until its end", () => {
  expect(judge({ expiresAt: now })).toBe("expired");
  expect(judge({ expiresAt: later })).toBe("for-newcomer");
});

test("I4 it changes no role of somebody who is staff already", () => {
  expect(judge({ addressOf: "staff" })).toBe("already-staff");
});

test("I5 it is for the account of its address, else for whoever makes one", () => {
  expect(judge({ addressOf: "customer" })).toBe("for-account");
  expect(judge({ addressOf: "nobody" })).toBe("for-newcomer");
});

test("I6 nobody takes an address that an account may still have back", () => {
  expect(judge({ addressOf: "kept" })).toBe("address-kept");
});
