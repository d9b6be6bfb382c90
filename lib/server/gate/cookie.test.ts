import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import {
  cookieHeader,
  readCookie,
  readCookies,
  setCookieHeader,
  withCookie,
  withoutCookie,
} from "@/lib/server/gate/cookie";

// What browsers, proxies and those who mean harm write.
const headers: [written: string, pairs: [name: string, value: string | null][]][] = [
  [
    "a=1; b=2",
    [
      ["a", "1"],
      ["b", "2"],
    ],
  ],
  [
    "a=1;b=2 ;  c=3",
    [
      ["a", "1"],
      ["b", "2"],
      ["c", "3"],
    ],
  ],
  [
    "a=1; a=2",
    [
      ["a", "1"],
      ["a", "2"],
    ],
  ],
  ["a=b=c", [["a", "b=c"]]],
  ["a=", [["a", ""]]],
  ["a", [["a", null]]],
  [
    "a; b=1; c",
    [
      ["a", null],
      ["b", "1"],
      ["c", null],
    ],
  ],
  ["=1", [["", "1"]]],
  [";; ;a=1;", [["a", "1"]]],
  ['a="1"', [["a", '"1"']]],
  [
    "a=%zz; b=%41",
    [
      ["a", "%zz"],
      ["b", "%41"],
    ],
  ],
  [
    "__proto__=1; constructor=2",
    [
      ["__proto__", "1"],
      ["constructor", "2"],
    ],
  ],
  ["a=\u00e9\u0000x", [["a", "\u00e9\u0000x"]]],
  ["", []],
  ["; ", []],
];

describe("a Cookie header", () => {
  test.each(headers)("%j", (header, pairs) => {
    const read = readCookies(header);
    expect(read.map(({ name, value }) => [name, value])).toEqual(pairs);
    for (const [name] of pairs) {
      const first = pairs.find((pair) => pair[0] === name && pair[1] !== null);
      expect(readCookie(header, name)).toBe(first?.[1] ?? undefined);
    }
    expect(readCookies(cookieHeader(read))).toEqual(read);
  });

  test("none holds nothing", () => {
    expect(readCookies(undefined)).toEqual([]);
    expect(readCookie(undefined, "a")).toBeUndefined();
    expect(readCookie("ab=1; a b=2; b=a=3", "a")).toBeUndefined();
    expect(readCookie("a=1", "toString")).toBeUndefined();
    expect(cookieHeader([])).toBeUndefined();
  });

  test("one of its cookies is left out or changed wherever it stands, the others stay as they are", () => {
    const header = "x; a=1; b=%zz; a=2; ab=3";
    expect(withoutCookie(header, "a")).toBe("x; b=%zz; ab=3");
    expect(withoutCookie("a=1", "a")).toBeUndefined();
    expect(withCookie(header, "a", "9")).toBe("x; a=9; b=%zz; a=9; ab=3");
    expect(withCookie(header, "c", "9")).toBe(header);
  });
});

describe("a Set-Cookie header", () => {
  beforeEach(() => vi.stubEnv("AUTH_SECRET", "a secret for tests of 32 characters or more"));
  afterEach(() => {
    vi.unstubAllEnvs();
    resetEnvironment();
  });

  test.each([
    [
      "http://localhost:3000",
      120,
      "portaria.notice=v; Max-Age=120; Path=/; HttpOnly; SameSite=Lax",
    ],
    ["http://localhost:3000", undefined, "portaria.notice=v; Path=/; HttpOnly; SameSite=Lax"],
    ["http://localhost:3000", 0, "portaria.notice=v; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"],
    [
      "https://localhost",
      120,
      "__Host-portaria.notice=v; Max-Age=120; Path=/; HttpOnly; Secure; SameSite=Lax",
    ],
  ])("at %s for %s seconds", (appUrl, maxAge, header) => {
    vi.stubEnv("APP_URL", appUrl);
    resetEnvironment();
    expect(setCookieHeader("notice", "v", maxAge)).toBe(header);
  });

  test("holds no character that would begin another attribute or header", () => {
    for (const value of ["a;b", "a b", "a\r\nb", "é"])
      expect(() => setCookieHeader("notice", value)).toThrow();
  });
});
