import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { clientIpHeader, clientOf, resolveClientIp } from "@/lib/client/client-ip";
import { resetEnvironment } from "@/lib/env/env";

const direct = {
  peer: "203.0.113.7",
  forwardedFor: undefined as string | string[] | undefined,
  otherForwardingHeaders: false,
  trustedProxies: [] as string[],
  appUrl: "https://customers.example.com",
};
const behind = { ...direct, peer: "10.0.0.1", trustedProxies: ["10.0.0.0/8", "2001:db8:f::/48"] };
const ipOf = (facts: Partial<typeof direct>) => resolveClientIp({ ...behind, ...facts }).ip;

const anything = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.constant("10.0.0.2"));

describe("without trusted proxies the client is the TCP peer", () => {
  it("whatever a client sends, it is its own address or unknown", () => {
    const peers = fc.oneof(fc.ipV4(), fc.ipV6());
    const appUrls = fc.constantFrom("http://localhost:3000", "https://customers.example.com");
    fc.assert(
      fc.property(peers, fc.array(anything), appUrls, (peer, forwardedFor, appUrl) => {
        const alone = resolveClientIp({ ...direct, peer, appUrl });
        const lying = resolveClientIp({ ...direct, peer, appUrl, forwardedFor });
        expect([alone.ip, null]).toContain(lying.ip);
      }),
    );
  });

  it("a forged X-Forwarded-For from the internet changes nothing", () => {
    const forged = { ...direct, forwardedFor: "198.51.100.1", otherForwardingHeaders: true };
    expect(resolveClientIp(forged)).toEqual({ ip: "203.0.113.7", proxyForgotten: false });
  });

  it("an IPv4-mapped peer is the IPv4 address, a link-local one loses its interface", () => {
    expect(resolveClientIp({ ...direct, peer: "::ffff:203.0.113.7" }).ip).toBe("203.0.113.7");
    expect(resolveClientIp({ ...direct, peer: "fe80::1%eth0" }).ip).toBe("fe80::1");
  });

  it("a connection that is gone has no address", () => {
    expect(resolveClientIp({ ...direct, peer: undefined }).ip).toBeNull();
  });
});

describe("a proxy that was forgotten makes the IP unknown", () => {
  it.each(["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.1.2.3", "192.168.0.9", "fd00::5"])(
    "from %s",
    (peer) => {
      const unknown = { ip: null, proxyForgotten: true };
      expect(resolveClientIp({ ...direct, peer, forwardedFor: "1.2.3.4" })).toEqual(unknown);
      expect(resolveClientIp({ ...direct, peer, otherForwardingHeaders: true })).toEqual(unknown);
      expect(resolveClientIp({ ...direct, peer, forwardedFor: "" })).toEqual(unknown);
    },
  );

  it("but not without a forwarding header, nor where the site is this machine's own", () => {
    expect(resolveClientIp({ ...direct, peer: "127.0.0.1" }).ip).toBe("127.0.0.1");
    for (const appUrl of ["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"]) {
      const local = { ...direct, peer: "127.0.0.1", forwardedFor: "1.2.3.4", appUrl };
      expect(resolveClientIp(local)).toEqual({ ip: "127.0.0.1", proxyForgotten: false });
    }
  });
});

describe("behind trusted proxies the first address from the right that is none is the client", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["203.0.113.7, 10.0.0.2, 10.0.0.3", "203.0.113.7"],
    ["198.51.100.1, 203.0.113.7", "203.0.113.7"],
    ["not an address, 203.0.113.7, 10.0.0.2", "203.0.113.7"],
    ["2001:db8::7,2001:db8:f::1", "2001:db8::7"],
    ["[2001:db8::7]:443", "2001:db8::7"],
    ["[2001:db8::7]", "2001:db8::7"],
    ["203.0.113.7:5678", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["203.0.113.7, ::ffff:10.0.0.2", "203.0.113.7"],
    ["\t203.0.113.7 ", "203.0.113.7"],
  ])("%j is %s", (forwardedFor, ip) => {
    expect(ipOf({ forwardedFor })).toBe(ip);
  });

  it("reads several header lines as one list", () => {
    expect(ipOf({ forwardedFor: ["198.51.100.1", "203.0.113.7, 10.0.0.2"] })).toBe("203.0.113.7");
  });

  it("a peer that is no trusted proxy is the client, whatever list it brings", () => {
    expect(ipOf({ peer: "203.0.113.9", forwardedFor: "198.51.100.1" })).toBe("203.0.113.9");
  });

  it("a single address may be named as a proxy, in either notation", () => {
    const forwardedFor = "203.0.113.7";
    expect(ipOf({ trustedProxies: ["10.0.0.1"], forwardedFor })).toBe("203.0.113.7");
    expect(ipOf({ trustedProxies: ["::ffff:10.0.0.1"], forwardedFor })).toBe("203.0.113.7");
    expect(ipOf({ trustedProxies: ["::ffff:10.0.0.0/104"], forwardedFor })).toBe("203.0.113.7");
    expect(ipOf({ trustedProxies: ["10.0.0.2"], forwardedFor })).toBe("10.0.0.1");
  });

  it("whatever stands left of the client's own entry has no say", () => {
    fc.assert(
      fc.property(fc.array(anything), fc.nat(3), (forged, proxies) => {
        const honest = ["203.0.113.7", ...Array.from({ length: proxies }, (_, n) => `10.0.1.${n}`)];
        expect(ipOf({ forwardedFor: [...forged, ...honest] })).toBe("203.0.113.7");
      }),
    );
  });
});

describe("a list that does not name a client leaves it unknown", () => {
  it.each([
    ["an entry that is no address", "203.0.113.7, unknown, 10.0.0.2"],
    ["an empty entry", "203.0.113.7, , 10.0.0.2"],
    ["a comma at the end", "203.0.113.7,"],
    ["an obfuscated entry", "_hidden"],
    ["a short spelling", "127.1"],
    ["a hexadecimal spelling", "0x7f000001"],
    ["a zone", "fe80::1%eth0"],
    ["a port out of range", "203.0.113.7:99999"],
    ["a port that is none", "203.0.113.7:80a"],
    ["no port after the colon", "203.0.113.7:"],
    ["an open bracket", "[2001:db8::7"],
    ["text after the bracket", "[2001:db8::7]x"],
    ["IPv4 in brackets", "[203.0.113.7]"],
    ["IPv4 with two colons", "203.0.113.7:80:80"],
    ["proxies only", "10.0.0.2, 10.0.0.3"],
    ["nothing", ""],
  ])("%s", (_, forwardedFor) => {
    expect(ipOf({ forwardedFor })).toBeNull();
  });

  it("no list at all: the proxy itself has asked, or does not say", () => {
    expect(ipOf({ forwardedFor: undefined })).toBeNull();
  });
});

describe("clientOf", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    resetEnvironment();
  });

  it("takes the IP from the gate alone, never from a forwarding header", () => {
    const headers = new Headers({ "x-forwarded-for": "203.0.113.7", "x-real-ip": "203.0.113.7" });
    expect(clientOf(headers)).toEqual({
      ...{ ip: null, network: null, countryCode: null, browser: null, system: null },
      userAgent: "",
      timeZone: null,
    });
  });

  it("gives address, network by IPV6_PREFIX, and a bounded user agent", () => {
    vi.stubEnv("IPV6_PREFIX", "56");
    resetEnvironment();
    const headers = new Headers({
      [clientIpHeader]: "2001:db8:1:2::7",
      "user-agent": "x".repeat(5000),
    });
    const client = clientOf(headers);
    expect(client).toMatchObject({ ip: "2001:db8:1:2::7", network: "2001:db8:1::/56" });
    expect(client.userAgent).toHaveLength(400);
  });

  it("is unknown where the gate said so", () => {
    expect(clientOf(new Headers({ [clientIpHeader]: "unknown" })).network).toBeNull();
  });
});
