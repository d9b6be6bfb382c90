import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  isMailbox,
  isMailFrame,
  isPublicFile,
  isUnused,
  methodsOf,
  readPath,
  readQuery,
} from "@/lib/server/gate/path-rules";

describe("a path is read decoded, or not at all", () => {
  it.each([
    ["/login?x=%", "/login"],
    ["/%6dailbox", "/mailbox"],
    ["/a%20b", "/a b"],
    ["/", "/"],
  ])("%s is %s", (target, path) => {
    expect(readPath(target)).toBe(path);
  });

  it.each([
    "/%",
    "/%ff",
    "/%00",
    "/a%0ab",
    "/../x",
    "/%2e%2e/x",
    "/a/.",
    "*",
    "http://x/",
    "",
    "a",
  ])("%j cannot be read", (target) => {
    expect(readPath(target)).toBeNull();
  });

  it("no spelling of the mailbox's path gets by as another path", () => {
    const spelt = [..."mailbox"].map((character) =>
      fc.constantFrom(character, `%${character.charCodeAt(0).toString(16)}`),
    );
    fc.assert(
      fc.property(
        fc.tuple(...spelt),
        fc.constantFrom("", "/", "/1", ".rsc", "?a"),
        (name, rest) => {
          expect(isMailbox(readPath(`/${name.join("")}${rest}`) ?? "")).toBe(true);
        },
      ),
    );
  });
});

describe("a query", () => {
  it("may hold anything but NUL", () => {
    expect(readQuery("/login?callbackUrl=%2Faccount&x=%")).toBe("callbackUrl=%2Faccount&x=%");
    expect(readQuery("/login")).toBe("");
    expect(readQuery("/login?x=%00")).toBeNull();
  });
});

describe("the methods of a path", () => {
  it.each([
    ["/login", "GET HEAD POST"],
    ["/api/auth/callback/password", "POST"],
    ["/api/auth/session", "GET"],
    ["/api/auth/signout", "GET POST"],
    ["/api/health", "GET HEAD"],
    ["/api/language", "POST"],
    ["/api/languages", "GET HEAD"],
    ["/api/authentic", "GET HEAD"],
    ["/_next/static/a.js", "GET HEAD"],
    ["/", "GET HEAD"],
    ["/help", "GET HEAD"],
    ["/help/login-code", "GET HEAD POST"],
    ["/icon.svg", "GET HEAD"],
  ])("%s: %s", (path, methods) => {
    expect(methodsOf(path).join(" ")).toBe(methods);
  });
});

describe("NextAuth knows its actions by one spelling", () => {
  it.each(["callback/password", "csrf", "error", "providers", "session", "signin", "signout"])(
    "%s is served",
    (action) => {
      expect(isUnused(`/api/auth/${action}`, `/api/auth/${action}?a=%70`)).toBe(false);
    },
  );

  it.each([
    "/api/auth",
    "/api/auth/",
    "/api/auth/callback/%70assword",
    "/api/auth/%63allback/password",
    "/api/auth%2Fsession",
    "/%61pi/auth/session",
    "/api/auth/session/",
    "/api/auth//session",
    "/api/auth/session.json",
    "/api/auth/session%20",
    "/api/auth/Session",
    "/api/auth/callback",
    "/api/auth/callback/github",
    "/api/auth/callback/password/x",
    "/api/auth/signin/password",
    "/api/auth/verify-request",
    "/api/auth/webauthn-options",
    "/api/auth/undefined",
    "/api/auth/constructor",
    "/api/auth/toString",
    "/api/auth/__proto__",
  ])("%s is no page, and its methods can be known", (target) => {
    const path = readPath(target) ?? "";
    expect(isUnused(path, target)).toBe(true);
    expect(methodsOf(path).every((method) => method === method.toUpperCase())).toBe(true);
  });
});

describe("only what is the same for everyone may be cached", () => {
  it.each(["/_next/static/chunks/a.js", "/favicon.ico"])("%s may", (path) => {
    expect(isPublicFile(path)).toBe(true);
  });
  it.each(["/", "/login", "/api/auth/session", "/api/x.png", "/_nextstatic", "/account.html"])(
    "%s may not",
    (path) => {
      expect(isPublicFile(path)).toBe(false);
    },
  );
});

test.each([
  ["/templates/sign-in-code/mail-frame", true],
  ["/templates/block:hours/mail-frame", true],
  ["/support/mails/7/mail-frame", true],
  ["/templates/mail-frame", false],
  ["/templates/a/b/mail-frame", false],
  ["/mail-frame", false],
  ["/account/mail-frame", false],
  ["/templates/sign-in-code/mail-frames", false],
])("%s shows a mail alone: %s", (path, isOne) => {
  expect(isMailFrame(path)).toBe(isOne);
});
