import { expect, test } from "vitest";
import { readHosts } from "@/lib/templates/rules/read-hosts";

test("hosts stand one a line, or apart by commas or blanks; each once, as addresses are compared", () => {
  expect(
    readHosts(" Example.com, www.example.com\r\nexample.COM\n\nbücher.example;a.example "),
  ).toEqual({
    hosts: ["a.example", "example.com", "www.example.com", "xn--bcher-kva.example"],
    faults: [],
  });
  expect(readHosts("")).toEqual({ hosts: [], faults: [] });
});

test("an address is taken for its host, as long as it names nothing else", () => {
  expect(readHosts("https://example.com/").hosts).toEqual(["example.com"]);
});

test.each([
  ["*.example.com", "wildcard"],
  ["*", "wildcard"],
  ["example.com:8443", "port"],
  ["example.com:443", "port"],
  ["https://example.com:443/", "port"],
  ["203.0.113.7", "address"],
  ["[2001:db8::1]", "address"],
  ["0x7f.1", "address"],
  ["localhost", "not-a-host"],
  ["com", "not-a-host"],
  ["example.c", "not-a-host"],
  ["example.com/path", "not-a-host"],
  ["https://example.com/?a", "not-a-host"],
  ["https://example.com/#a", "not-a-host"],
  ["http://example.com", "not-a-host"],
  ["ana@example.com", "not-a-host"],
  ["-a.example", "not-a-host"],
  ["a..example", "not-a-host"],
  ["a_b.example", "not-a-host"],
  ["javascript:alert(1)", "not-a-host"],
  ["example.com.", "not-a-host"],
  [`${"a".repeat(64)}.example`, "not-a-host"],
])("%j is refused: %s", (typed, error) => {
  expect(readHosts(`fine.example ${typed}`)).toEqual({
    hosts: ["fine.example"],
    faults: [{ typed, error }],
  });
});

test("there are at most 50", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => `a${at}.example`).join("\n");
  expect(readHosts(many(50)).faults).toEqual([]);
  expect(readHosts(many(51)).faults).toEqual([{ typed: "", error: "too-many" }]);
  expect(readHosts("a ".repeat(10_001)).faults).toEqual([{ typed: "", error: "too-many" }]);
});
