import { expect, test } from "vitest";
import { isAskedFor, readAskedToOpen } from "@/app/support/customers/[id]/asked-to-open";
import type { CustomerPage } from "@/lib/support/customer-page";

const block = (reference: string) => ({ kind: "blocked", block: { reference } });
const page = {
  troubles: [block("K7QM-2PX"), block("AAAA-222"), { kind: "call-back", noted: { id: "1" } }],
  places: [{ id: "p1" }, { id: "p2" }],
} as unknown as CustomerPage;

test.each([
  ["the first block", { open: "block-lifted" }, "block-lifted", "K7QM-2PX"],
  ["that block", { open: "block-lifted", target: "AAAA-222" }, "block-lifted", "AAAA-222"],
  ["a block that is over", { open: "block-lifted", target: "x" }, "block-lifted", "K7QM-2PX"],
  [
    "a place",
    { open: "place-forgotten-by-support", target: "p2" },
    "place-forgotten-by-support",
    "p2",
  ],
  ["a call back", { open: "confirm-call-back" }, "confirm-call-back", "1"],
  ["the account", { open: "reset-by-support" }, "reset-by-support", null],
] as const)("a link opens the form of an act on %s", (_, query, act, target) => {
  const asked = readAskedToOpen(query, page);
  expect(asked).toEqual({ act, target });
  expect(isAskedFor(asked, act, target ?? undefined)).toBe(true);
  expect(isAskedFor(asked, act, "another")).toBe(false);
  expect(isAskedFor(asked, "hotline-pass", undefined)).toBe(false);
});

test.each([undefined, "", "x", "__proto__", ["block-lifted"]])(
  "a link that asks for %j opens nothing",
  (open) => {
    expect(readAskedToOpen({ open }, page)).toBeNull();
    expect(isAskedFor(null, "block-lifted", "K7QM-2PX")).toBe(false);
  },
);
