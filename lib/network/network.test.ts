import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLoopback, isPrivate, networkOf, parseAddress } from "@/lib/network/network";

describe("an IP is the IPv4 address or the IPv6 network", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7/32"],
    ["::ffff:203.0.113.7", "203.0.113.7/32"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::1", "2001:db8:1:2::/64"],
    ["::1", "::/64"],
  ])("%s is %s", (ip, network) => {
    expect(networkOf(ip, 64)).toBe(network);
  });

  it("goes by the prefix of the installation", () => {
    expect(networkOf("2001:db8:1:2:3:4:5:6", 56)).toBe("2001:db8:1::/56");
    expect(networkOf("2001:db8:1:2:3:4:5:6", 128)).toBe("2001:db8:1:2:3:4:5:6/128");
  });

  it("is the same for two addresses exactly where their first 64 bits are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 0xffff }), { minLength: 8, maxLength: 8 }),
        fc.nat(7),
        (parts, changed) => {
          const other = parts.map((part, index) => (index === changed ? part ^ 0x8000 : part));
          const text = (of: number[]) => of.map((part) => part.toString(16)).join(":");
          expect(networkOf(text(parts), 64) === networkOf(text(other), 64)).toBe(changed >= 4);
        },
      ),
    );
  });

  it("refuses what is no address", () => {
    expect(() => networkOf("localhost", 64)).toThrow(TypeError);
  });
});

describe("another spelling of an address is no address", () => {
  it.each([
    "127.1",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "127.0.0.01",
    "2130706433",
    "::ffff:127.1",
    "::ffff:0x7f.0.0.1",
    "fe80::1%eth0",
    "[::1]",
    "1.2.3.4:80",
    " 1.2.3.4",
    "1.2.3.4/32",
    "",
  ])("%j", (text) => {
    expect(parseAddress(text)).toBeNull();
  });
});

describe("where an address belongs", () => {
  it("loopback is this machine, in either family", () => {
    expect(["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"].every(isLoopback)).toBe(true);
    expect(["10.0.0.1", "128.0.0.1", "::2", "localhost"].some(isLoopback)).toBe(false);
  });

  it("private networks hold proxies and neighbours, public ones strangers", () => {
    const inside = [
      "10.1.2.3",
      "172.16.0.1",
      "192.168.1.1",
      "100.64.0.1",
      "169.254.1.1",
      "fd00::1",
    ];
    expect(inside.every(isPrivate)).toBe(true);
    expect(["172.32.0.1", "100.128.0.1", "8.8.8.8", "2001:db8::1", "x"].some(isPrivate)).toBe(
      false,
    );
  });
});
