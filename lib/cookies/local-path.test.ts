import fc from "fast-check";
import { expect, test } from "vitest";
import { localPath } from "@/lib/cookies/local-path";

test.each(["/account", "/account?tab=1#x", "/support/K7QM-2PX", "/help/login-code"])(
  "%s is a local path",
  (path) => {
    expect(localPath(path)).toBe(path);
  },
);

test("an absolute URL of the site's own origin is its path", () => {
  const origin = "http://127.0.0.1:3000";
  expect(localPath(`${origin}/account/x`, origin)).toBe("/account/x");
  expect(localPath("http://127.0.0.1:3000.evil.example/x", origin)).toBe("/account");
});

test.each([
  undefined,
  null,
  ["/a"],
  "",
  "account",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\/evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/./\u0000",
  "/..//evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "/login",
  "/login?callbackUrl=/login",
  "/verify",
  "/api/auth/signout",
  `/${"a".repeat(3000)}`,
])("%j leads home", (wanted) => {
  expect(localPath(wanted)).toBe("/account");
});

test("no callbackUrl ever leads to another origin", () => {
  const part = fc.constantFrom(
    "/",
    "\\",
    ".",
    "..",
    "//",
    "evil.example",
    "@",
    ":",
    "?",
    "#",
    "%2f",
    "\t",
    "a",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const path = localPath(`/${parts.join("")}`);
      expect(new URL(path, "http://portaria.example").origin).toBe("http://portaria.example");
      expect(path.startsWith("/") && !path.startsWith("//")).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
