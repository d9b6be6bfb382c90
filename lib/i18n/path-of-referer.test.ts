import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pathOfReferer } from "@/lib/i18n/path-of-referer";

describe("the language switch leads back to a page of ours", () => {
  it.each([
    ["http://localhost:3000/login?callbackUrl=%2Faccount", "/login?callbackUrl=%2Faccount"],
    ["https://customers.example.com/help/login-code#blocked", "/help/login-code"],
    ["http://localhost:3000//evil.example/path", "/evil.example/path"],
    ["http://localhost:3000/\\evil.example", "/evil.example"],
    ["javascript:alert(1)", "/"],
    ["about:blank", "/"],
    ["not a url", "/"],
    [null, "/"],
  ])("from %s to %s", (referer, expected) => {
    expect(pathOfReferer(referer)).toBe(expected);
  });

  it("never to another host, whatever the header holds", () => {
    const own = "http://own.invalid";
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string().map((text) => `http://x/${text}`),
        ),
        (referer) => {
          expect(new URL(pathOfReferer(referer), own).origin).toBe(own);
        },
      ),
    );
  });
});
