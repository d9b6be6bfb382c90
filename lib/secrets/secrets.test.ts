import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import { newSecret, seal, sealingKey, unseal } from "@/lib/secrets/secrets";

function withSecrets(...secrets: string[]) {
  process.env.AUTH_SECRET = secrets.map((secret) => secret.padEnd(32, ".")).join(",");
  resetEnvironment();
}

withSecrets("only");
afterEach(() => withSecrets("only"));

test("what was sealed for a purpose opens for that purpose alone", () => {
  const sealed = seal("browser", { id: 7 });
  expect(unseal("browser", sealed)).toEqual({ id: 7 });
  expect(unseal("session", sealed)).toBeNull();
});

test("the first AUTH_SECRET signs, all verify, and a removed one no longer does", () => {
  withSecrets("old");
  const sealed = seal("session", "x");
  withSecrets("new", "old");
  expect(unseal("session", sealed)).toBe("x");
  const renewed = seal("session", "x");
  withSecrets("new");
  expect(unseal("session", sealed)).toBeNull();
  expect(unseal("session", renewed)).toBe("x");
});

test("what Next seals has 256 bits of the first AUTH_SECRET, the same in every process", () => {
  const key = sealingKey();
  expect(Buffer.from(key, "base64")).toHaveLength(32);
  withSecrets("only", "old");
  expect(sealingKey()).toBe(key);
  withSecrets("another", "only");
  expect(sealingKey()).not.toBe(key);
});

test("a changed value or signature opens nothing", () => {
  const sealed = seal("session", { sub: "a", sid: "b" });
  fc.assert(
    fc.property(
      fc.nat({ max: sealed.length - 1 }),
      fc.constantFrom("A", "z", "0", "."),
      (at, character) => {
        fc.pre(sealed[at] !== character);
        const forged = sealed.slice(0, at) + character + sealed.slice(at + 1);
        const opened = unseal("session", forged);
        // The last character of base64url may hold unused bits: the same bytes are the same
        // signature.
        if (at < sealed.length - 1) expect(opened).toBeNull();
      },
    ),
  );
});

test("hostile input opens nothing and throws nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 5000 }), (value) => {
      expect(unseal("session", value)).toBeNull();
    }),
  );
  expect(unseal("session", undefined)).toBeNull();
});

test("no secret holds six digits in a row", () => {
  for (let index = 0; index < 3_000; index += 1) expect(newSecret()).not.toMatch(/\d{6}/);
});
