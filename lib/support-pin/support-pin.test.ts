import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import { isSupportPin, supportPinOf } from "@/lib/support-pin/support-pin";

const secrets = [
  "the first secret of 32 characters or more",
  "another secret of 32 characters or so",
];

function useSecret(secret: string | undefined) {
  process.env.AUTH_SECRET = secret;
  resetEnvironment();
}

beforeEach(() => useSecret(secrets[0]));
afterEach(() => useSecret(""));

const makeAccount = (supportPinUses = 0) => ({ id: randomUUID(), supportPinUses });

test("a PIN is six letters and digits without look-alikes, and never looks like a code", () => {
  for (let count = 0; count < 2_000; count += 1) {
    const pin = supportPinOf(makeAccount(count));
    expect(pin).toMatch(/^[A-HJKMNP-Z2-9]{6}$/);
    expect(pin).not.toMatch(/^\d{6}$/);
  }
});

test("it stays the same until it is used, and is another one then", () => {
  const before = makeAccount();
  expect(supportPinOf(before)).toBe(supportPinOf({ ...before }));
  expect(supportPinOf({ ...before, supportPinUses: 1 })).not.toBe(supportPinOf(before));
});

test("it is another one for each account and each secret", () => {
  const [one, other] = [makeAccount(), makeAccount()];
  expect(supportPinOf(one)).not.toBe(supportPinOf(other));
  const before = supportPinOf(one);
  useSecret(secrets[1]);
  expect(supportPinOf(one)).not.toBe(before);
});

test("case, spaces and dashes do not matter when it is read out", () => {
  const account = makeAccount();
  const pin = supportPinOf(account);
  for (const said of [pin, pin.toLowerCase(), `${pin.slice(0, 3)}-${pin.slice(3)}`, ` ${pin} `]) {
    expect(isSupportPin(account, said)).toBe(true);
  }
});

test.each(["", "AAAAAA", "é".repeat(6), "A".repeat(10_000), "\u0000"])("%j is no PIN", (typed) => {
  expect(isSupportPin(makeAccount(), typed)).toBe(false);
});

test("the PIN of before its last use is worth nothing", () => {
  const account = makeAccount();
  const pin = supportPinOf(account);
  expect(isSupportPin({ ...account, supportPinUses: 1 }, pin)).toBe(false);
});
