import { expect, test } from "vitest";
import { type ChainedEntry, chainHash, FIRST_LINK } from "@/lib/audit/chain";

const entry: ChainedEntry = {
  seq: 1n,
  at: new Date("2026-11-22T12:00:00.123Z"),
  actorId: "6f1f2a44-0f6e-4a0e-9f4c-5a1d2c3b4e5f",
  actor: "sam@example.com",
  role: "support",
  ip: "203.0.113.7",
  action: "block-lifted",
  subjectKind: "account",
  subjectId: "0d6f9d0e-9c3a-4f61-8c86-2a4a5b6c7d8e",
  reason: "Called back",
  details: { network: "203.0.113.9/32", count: 2 },
};

const hex = (changed: Partial<ChainedEntry>, previous = FIRST_LINK) =>
  Buffer.from(chainHash(previous, { ...entry, ...changed })).toString("hex");

test("the hash stays what it was when the log began: entries of years ago must still verify", () => {
  expect(hex({})).toBe("6d5f01ef86cb5bd00071291eb5854e3c522f5a86dbf52704102da931480ee18d");
});

test.each([
  { seq: 2n },
  { at: new Date("2026-11-22T12:00:00.124Z") },
  { actorId: null },
  { actor: "eve@example.com" },
  { role: "admin" },
  { ip: null },
  { action: "sessions-ended" },
  { subjectKind: "case" },
  { subjectId: null },
  { reason: "" },
  { details: { network: "203.0.113.9/32", count: 3 } },
] satisfies Partial<ChainedEntry>[])("it covers %o", (changed) => {
  expect(hex(changed)).not.toBe(hex({}));
});

test("it covers the entry before", () => {
  expect(hex({}, new Uint8Array(32).fill(1))).not.toBe(hex({}));
});

test("it does not depend on the order of the details, which the database changes", () => {
  expect(hex({ details: { count: 2, network: "203.0.113.9/32" } })).toBe(hex({}));
});

test("no two neighbouring fields can be shifted into each other", () => {
  expect(hex({ subjectKind: "a", subjectId: "bc" })).not.toBe(
    hex({ subjectKind: "ab", subjectId: "c" }),
  );
});
