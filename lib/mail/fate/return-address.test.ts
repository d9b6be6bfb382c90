import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import {
  openReturnToken,
  RETURN_TOKEN_LETTERS,
  returnAddressOf,
  returnTokenOf,
} from "@/lib/mail/fate/return-address";

process.env.AUTH_SECRET = "a secret of this test alone of 40 letters";
resetEnvironment();

const ids = [
  "00000000-0000-4000-8000-000000000000",
  "ffffffff-ffff-4fff-bfff-ffffffffffff",
  ...Array.from({ length: 200 }, () => randomUUID()),
];

test("an address names its mail in letters alone, of one length, in any case", () => {
  for (const id of ids) {
    const token = returnTokenOf(id);
    expect(token).toMatch(new RegExp(`^[a-z]{${RETURN_TOKEN_LETTERS}}$`));
    expect(openReturnToken(token)).toBe(id);
    expect(openReturnToken(token.toUpperCase())).toBe(id);
  }
  expect(new Set(ids.map(returnTokenOf)).size).toBe(ids.length);
});

test("at most 64 characters stand before the @, and the domain is in ASCII", () => {
  const address = returnAddressOf(randomUUID(), "seventeen-letters@exämple.com");
  expect(address).toMatch(/^seventeen-letters\+[a-z]{46}@xn--exmple-cua\.com$/);
  expect(address.indexOf("@")).toBe(64);
});

test("what is not whole, or signed for another mail, opens nothing", () => {
  const [one = "", other = ""] = ids.slice(2).map(returnTokenOf);
  for (let at = 0; at < one.length; at += 1) {
    const letter = one[at] === "a" ? "b" : "a";
    expect(openReturnToken(one.slice(0, at) + letter + one.slice(at + 1))).toBeNull();
  }
  const wrong = [
    ...["", "a", one.slice(1), `${one}a`, "z".repeat(46), "a".repeat(46), "1".repeat(46)],
    ...[one.slice(0, 28) + other.slice(28), `${one}\n`, "ſ".repeat(46), "a".repeat(1e6)],
  ];
  for (const token of wrong) expect(openReturnToken(token)).toBeNull();
});
