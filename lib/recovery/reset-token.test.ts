import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { resetEnvironment } from "@/lib/env";
import { newResetKey, openResetToken, resetTokenOf } from "@/lib/recovery/reset-token";
import { presentSecretId } from "@/lib/sign-in/code";

function withSecrets(...secrets: string[]) {
  process.env.AUTH_SECRET = secrets.map((secret) => secret.padEnd(32, ".")).join(",");
  resetEnvironment();
}

beforeEach(() => withSecrets("only"));
afterEach(() => withSecrets("only"));

test("a token opens the link it was made for, and each link has its own", () => {
  const [first, second] = [newResetKey(), newResetKey()];
  const token = resetTokenOf(first);
  expect(openResetToken(token)).toBe(first.id);
  expect(resetTokenOf(second)).not.toBe(token);
});

test("a token holds 256 bits that the stored row does not give away", () => {
  const key = newResetKey();
  const token = Buffer.from(resetTokenOf(key) ?? "", "base64url");
  expect(token).toHaveLength(16 + 32);
  withSecrets("another");
  const guessed = resetTokenOf({ ...key, secretId: presentSecretId() }) ?? "";
  expect(Buffer.from(guessed, "base64url").subarray(16)).not.toEqual(token.subarray(16));
});

test("no token holds six digits in a row", () => {
  for (let index = 0; index < 5_000; index += 1) {
    expect(resetTokenOf(newResetKey())).not.toMatch(/\d{6}/);
  }
});

test("a rotation of AUTH_SECRET keeps a link, the removal of its secret ends it", () => {
  withSecrets("old");
  const key = newResetKey();
  const token = resetTokenOf(key);
  withSecrets("new", "old");
  expect(resetTokenOf(key)).toBe(token);
  expect(openResetToken(token)).toBe(key.id);
  withSecrets("new");
  expect(resetTokenOf(key)).toBeNull();
  expect(openResetToken(token)).toBeNull();
});

test("the signature of one link does not open another", () => {
  const token = Buffer.from(resetTokenOf(newResetKey()) ?? "", "base64url");
  Buffer.from(randomUUID().replaceAll("-", ""), "hex").copy(token);
  expect(openResetToken(token.toString("base64url"))).toBeNull();
});

test("a token with any letter changed opens nothing", () => {
  const token = resetTokenOf(newResetKey()) ?? "";
  fc.assert(
    fc.property(fc.nat({ max: 63 }), fc.constantFrom("A", "z", "0", "-"), (at, letter) => {
      fc.pre(token[at] !== letter);
      expect(openResetToken(token.slice(0, at) + letter + token.slice(at + 1))).toBeNull();
    }),
  );
});

test("hostile input opens nothing and throws nothing", () => {
  const anything = fc.oneof(fc.string(), fc.string({ minLength: 64, maxLength: 64 }));
  fc.assert(
    fc.property(anything, (typed) => {
      expect(openResetToken(typed)).toBeNull();
    }),
  );
  expect(openResetToken(null)).toBeNull();
  expect(openResetToken("é".repeat(64))).toBeNull();
});
