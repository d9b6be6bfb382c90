import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import { presentSecretId } from "@/lib/secrets/code";
import { linkTokenOf, newLinkKey, openLinkToken } from "@/lib/secrets/link-token";

function withSecrets(...secrets: string[]) {
  process.env.AUTH_SECRET = secrets.map((secret) => secret.padEnd(32, ".")).join(",");
  resetEnvironment();
}

beforeEach(() => withSecrets("only"));
afterEach(() => withSecrets("only"));

test("a token opens the link it was made for, and each link has its own", () => {
  const [first, second] = [newLinkKey("password reset"), newLinkKey("password reset")];
  const token = linkTokenOf("password reset", first);
  expect(openLinkToken("password reset", token)).toBe(first.id);
  expect(linkTokenOf("password reset", second)).not.toBe(token);
});

test("a token holds 256 bits that the stored row does not give away", () => {
  const key = newLinkKey("password reset");
  const token = Buffer.from(linkTokenOf("password reset", key) ?? "", "base64url");
  expect(token).toHaveLength(16 + 32);
  withSecrets("another");
  const guessed = linkTokenOf("password reset", { ...key, secretId: presentSecretId() }) ?? "";
  expect(Buffer.from(guessed, "base64url").subarray(16)).not.toEqual(token.subarray(16));
});

test("no token holds six digits in a row", () => {
  for (let index = 0; index < 5_000; index += 1) {
    expect(linkTokenOf("password reset", newLinkKey("password reset"))).not.toMatch(/\d{6}/);
  }
});

test("a rotation of AUTH_SECRET keeps a link, the removal of its secret ends it", () => {
  withSecrets("old");
  const key = newLinkKey("password reset");
  const token = linkTokenOf("password reset", key);
  withSecrets("new", "old");
  expect(linkTokenOf("password reset", key)).toBe(token);
  expect(openLinkToken("password reset", token)).toBe(key.id);
  withSecrets("new");
  expect(linkTokenOf("password reset", key)).toBeNull();
  expect(openLinkToken("password reset", token)).toBeNull();
});

test("the signature of one link does not open another", () => {
  const token = Buffer.from(
    linkTokenOf("password reset", newLinkKey("password reset")) ?? "",
    "base64url",
  );
  Buffer.from(randomUUID().replaceAll("-", ""), "hex").copy(token);
  expect(openLinkToken("password reset", token.toString("base64url"))).toBeNull();
});

test.each([
  "#.",
  "#,",
  "#;",
  "#:",
  "#!",
  "#?",
  "#)",
  "#).",
  "#]",
  "#>",
  "#&gt;",
  "#&gt",
  '#"',
  "#'",
  "#”",
  "#»",
  "#。",
  "#*",
  "#**",
  "#_",
  "#-",
  "#…",
  "#/",
  "#=",
  "# ",
  "#\u00a0",
  "#\u200b",
  "#. Thank you",
  "# is the link",
  "#\n\nRegards",
  " #",
  "<#>",
  "(#)",
  "\ufeff#",
  "3D#",
  "#%3E",
])("a link pasted as %j opens, # being its token", (pasted) => {
  for (let time = 0; time < 50; time += 1) {
    const link = newLinkKey("password reset");
    const token = linkTokenOf("password reset", link) ?? "";
    expect(openLinkToken("password reset", pasted.replace("#", token))).toBe(link.id);
  }
});

test.each(["\n", "\r\n", " ", "\r\n\t", "=\r\n", "\u200b"])(
  "a link that was broken with %j opens, wherever and with whatever behind it",
  (lineBreak) => {
    const link = newLinkKey("not-me");
    const token = linkTokenOf("not-me", link) ?? "";
    for (let at = 1; at < token.length; at += 1) {
      const broken = token.slice(0, at) + lineBreak + token.slice(at);
      expect(openLinkToken("not-me", broken)).toBe(link.id);
      expect(openLinkToken("not-me", `${broken}).`)).toBe(link.id);
    }
  },
);

test("what goes on in letters or digits is another token, and opens nothing", () => {
  // What begins with a dash may be a sentence that goes on behind its link.
  let token = "-";
  while (/^[-_]/.test(token)) token = linkTokenOf("not-me", newLinkKey("not-me")) ?? "";
  for (const typed of [`${token}A`, `${token}7`, `A${token}`, token.slice(1), `${token}${token}`]) {
    expect(openLinkToken("not-me", typed)).toBeNull();
  }
});

test("a link for one purpose opens nothing else", () => {
  const link = newLinkKey("not-me");
  const token = linkTokenOf("not-me", link);
  expect(openLinkToken("not-me", token)).toBe(link.id);
  expect(openLinkToken("password reset", token)).toBeNull();
  expect(openLinkToken("confirm-new-email", token)).toBeNull();
});

test("a token with any character changed opens nothing", () => {
  const token = linkTokenOf("password reset", newLinkKey("password reset")) ?? "";
  fc.assert(
    fc.property(fc.nat({ max: 63 }), fc.constantFrom("A", "z", "0", "-"), (at, character) => {
      fc.pre(token[at] !== character);
      expect(
        openLinkToken("password reset", token.slice(0, at) + character + token.slice(at + 1)),
      ).toBeNull();
    }),
  );
});

test("hostile input opens nothing and throws nothing", () => {
  const anything = fc.oneof(fc.string(), fc.string({ minLength: 64, maxLength: 64 }));
  fc.assert(
    fc.property(anything, (typed) => {
      expect(openLinkToken("password reset", typed)).toBeNull();
    }),
  );
  expect(openLinkToken("password reset", null)).toBeNull();
  expect(openLinkToken("password reset", "é".repeat(64))).toBeNull();
});
