import { expect, test } from "vitest";
import { judgePasskey, type PasskeyFacts } from "@/lib/sign-in/rules/judge-passkey";

const at = new Date("2026-11-22T12:00:00Z");
const block = { since: at, until: at, reference: "K7QM-2PX", because: "wrong-codes" } as const;
const off = { since: at, because: "support" } as const;

const facts: PasskeyFacts = {
  passwordOff: null,
  isStaff: false,
  known: null,
  block: null,
  browserBlock: null,
};

test.each<[string, Partial<PasskeyFacts>, string]>([
  ["K1: the password was switched off", { passwordOff: off, known: "place" }, "password-off"],
  ["K2: staff, blocked there", { isStaff: true, block, known: "place" }, "blocked"],
  [
    "K2: staff at a trusted place, this browser blocked",
    { isStaff: true, browserBlock: block, known: "place" },
    "blocked",
  ],
  ["K3: a new network, blocked there", { block }, "blocked"],
  ["K3: a trusted place, this browser blocked", { known: "place", browserBlock: block }, "blocked"],
  ["K3: a trusted browser that is blocked", { known: "browser", browserBlock: block }, "blocked"],
  ["K4: a trusted place, although a block holds elsewhere", { known: "place", block }, "enter"],
  ["K4: a trusted browser, although a block holds here", { known: "browser", block }, "enter"],
  ["K4: a new network", {}, "enter"],
  ["K4: staff at a new network", { isStaff: true }, "enter"],
])("%s", (_, changed, expected) => {
  expect(judgePasskey({ ...facts, ...changed }).kind).toBe(expected);
});
