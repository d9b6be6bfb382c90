import fc from "fast-check";
import { expect, test } from "vitest";
import { readNetwork } from "@/lib/places/read-network";
import { judgeNetwork } from "@/lib/places/rules/judge-network";

const judged = (typed: string, ipv6Prefix = 64) => {
  const verdict = judgeNetwork(readNetwork(typed, ipv6Prefix));
  return verdict.kind === "network" ? verdict.network : verdict.kind;
};

test.each([
  ["203.0.113.7", "203.0.113.7/32"],
  [" 203.0.113.7 ", "203.0.113.7/32"],
  ["203.0.113.7/32", "203.0.113.7/32"],
  ["203.0.113.0/24", "203.0.113.0/24"],
  ["203.0.113.77/24", "203.0.113.0/24"],
  ["203.0.113.77 / 28", "203.0.113.64/28"],
  ["8.8.8.8", "8.8.8.8/32"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1::/48", "2001:db8:1::/48"],
  ["2001:db8:1:2::9/56", "2001:db8:1::/56"],
  ["::ffff:203.0.113.7", "203.0.113.7/32"],
])("%s is the place %s", (typed, network) => {
  expect(judged(typed)).toBe(network);
});

test("an IPv6 address alone stands for the network that IPV6_PREFIX makes of it", () => {
  expect(judged("2001:db8:1:2::9", 56)).toBe("2001:db8:1::/56");
});

test.each([
  "203.0.113.0/23",
  "0.0.0.0/0",
  "203.0.113.0/8",
  "2001:db8::/47",
  "::/0",
  "2001:db8::/0",
])("%s is too wide", (typed) => {
  expect(judged(typed)).toBe("too-wide");
});

test.each([
  "10.0.0.1",
  "192.168.1.0/24",
  "172.16.0.1",
  "127.0.0.1",
  "169.254.1.1",
  "100.64.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "0.0.0.0",
  "240.0.0.1",
  "::1",
  "fe80::1",
  "fd00::1",
  "ff02::1",
  "::",
])("%s is nobody's address on the internet", (typed) => {
  expect(judged(typed)).toBe("private");
});

test.each([
  "",
  "home",
  "203.0.113",
  "203.0.113.7.9",
  "203.0.113.256",
  "0x7f000001",
  "127.1",
  "203.0.113.7/",
  "203.0.113.7/33",
  "203.0.113.7/-1",
  "203.0.113.7/2 4",
  "203.0.113.7/24/24",
  "203.0.113.7:80",
  "2001:db8::/129",
  "2001:db8::1%eth0",
  "::ffff:203.0.113.0/120",
  "203.0.113.0-203.0.113.9",
])("%s is no address", (typed) => {
  expect(judged(typed)).toBe("malformed");
});

test("whatever is typed is read or refused, never thrown at", () => {
  const anything = fc.oneof(fc.string(), fc.ipV4Extended(), fc.ipV6(), fc.ipV4());
  fc.assert(
    fc.property(anything, fc.integer({ min: -5, max: 140 }), (typed, bits) => {
      judged(typed);
      judged(`${typed}/${bits}`);
    }),
  );
});

test("what is read contains what was typed, and is not wider than allowed", () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (ip, bits) => {
      const network = judged(`${ip}/${bits}`);
      if (!network.includes("/")) return;
      const [first = "", length = ""] = network.split("/");
      expect(Number(length)).toBeGreaterThanOrEqual(24);
      expect(judged(`${ip}/${length}`)).toBe(network);
      expect(judged(first)).not.toBe("malformed");
    }),
  );
});
