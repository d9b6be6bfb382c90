import { expect, test } from "vitest";
import { judgeNewAddress } from "@/lib/cases/rules/judge-new-address";

const now = new Date("2026-11-22T12:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const facts = {
  now,
  email: "new@example.com",
  present: ["old@example.com"],
  confirmed: null,
  block: null,
  codesOfAddress: [],
  codesOfDraft: [],
  accountCodesPerHour: 2,
};
const block = {
  since: minutesAgo(5),
  until: minutesAgo(-55),
  reference: "K7QM-2PX",
  because: "wrong-codes" as const,
};

test("N1: the account's present address is refused, before all else", () => {
  const email = "old@example.com";
  expect(judgeNewAddress({ ...facts, email, confirmed: email, block })).toEqual({ kind: "same" });
});

test("N2: an address that is confirmed needs no code, also where wrong ones block it", () => {
  expect(judgeNewAddress({ ...facts, confirmed: facts.email, block }).kind).toBe(
    "confirmed-already",
  );
  expect(judgeNewAddress({ ...facts, confirmed: "other@example.com" }).kind).toBe("send-code");
});

test("N3: wrong codes for that address from that network wait for the block's end", () => {
  expect(judgeNewAddress({ ...facts, block })).toMatchObject({ kind: "blocked", ...block });
});

test("N4: the mailbox's or the draft's hourly codes are used up, until both have room", () => {
  const used = [minutesAgo(1), minutesAgo(20)];
  expect(judgeNewAddress({ ...facts, codesOfAddress: used })).toEqual({
    kind: "too-often",
    until: minutesAgo(-40),
  });
  expect(judgeNewAddress({ ...facts, codesOfDraft: used }).kind).toBe("too-often");
  const both = { codesOfAddress: used, codesOfDraft: [minutesAgo(1), minutesAgo(10)] };
  expect(judgeNewAddress({ ...facts, ...both })).toMatchObject({ until: minutesAgo(-50) });
});

test("N5: otherwise a code is mailed", () => {
  const one = [minutesAgo(1)];
  expect(judgeNewAddress({ ...facts, codesOfAddress: one, codesOfDraft: one })).toEqual({
    kind: "send-code",
  });
});
