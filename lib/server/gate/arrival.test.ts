import type { IncomingHttpHeaders } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { clientOf } from "@/lib/client/client-ip";
import { log } from "@/lib/log/log";
import type { GateSettings } from "@/lib/server/gate/settings";
import { type GateUnderTest, startGate, urlencoded } from "@/lib/testing/gate";

let gate: GateUnderTest;
let seen: IncomingHttpHeaders = {};

async function start(settings: Partial<GateSettings> = {}) {
  gate = await startGate(async (req, res) => {
    seen = { ...req.headers };
    res.end();
  }, settings);
}

const ip = () => clientOf(new Headers(seen as Record<string, string>)).ip;
const proxied = { trustedProxies: ["127.0.0.1"], appUrl: "https://customers.example.com" };

afterEach(async () => {
  await gate.stop();
  vi.restoreAllMocks();
});

describe("the app gets the client's IP by the gate alone", () => {
  it("directly: the peer, whatever the client sends", async () => {
    await start();
    await gate.send("GET", "/", {
      ...{ "x-forwarded-for": "198.51.100.1", forwarded: "for=198.51.100.1" },
      ...{ "x-real-ip": "198.51.100.1", "x-portaria-client": "198.51.100.1" },
    });
    expect(ip()).toBe("127.0.0.1");
    expect(JSON.stringify(seen)).not.toContain("198.51.100.1");
  });

  it("behind a trusted proxy: the address it names", async () => {
    await start(proxied);
    await gate.send("GET", "/", { "x-forwarded-for": ["198.51.100.1", "203.0.113.7"] });
    expect(ip()).toBe("203.0.113.7");
  });

  it("behind a forgotten proxy: unknown, and the log names TRUSTED_PROXIES", async () => {
    const error = vi.spyOn(log, "error").mockImplementation(() => {});
    await start({ appUrl: "https://customers.example.com" });
    await gate.send("GET", "/", { "x-forwarded-for": "203.0.113.7" });
    expect(ip()).toBeNull();
    await gate.send("GET", "/", { "x-forwarded-for": "203.0.113.7" });
    expect(error.mock.calls).toEqual([[expect.stringContaining("TRUSTED_PROXIES")]]);
  });

  it("what only the gate says of a request is nothing that a client can say", async () => {
    await start(proxied);
    await gate.send("GET", "/", {
      "x-forwarded-for": "203.0.113.7",
      "x-portaria-client": "198.51.100.1",
    });
    expect(ip()).toBe("203.0.113.7");
    const token = String(seen["x-portaria-request"]);
    await gate.send("GET", "/", { "x-portaria-request": token });
    expect(ip()).toBeNull();
    expect(seen["x-portaria-request"]).not.toBe(token);
  });
});

describe("Next and NextAuth get the host by the gate alone", () => {
  it("a stranger's forwarding headers do not reach them", async () => {
    await start({ appUrl: "http://localhost:3000" });
    await gate.send("GET", "/", {
      ...{ "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
      ...{ "x-forwarded-port": "443", forwarded: "host=evil.example", via: "1.1 evil.example" },
    });
    expect(seen["x-forwarded-host"]).toBe(`localhost:${gate.port}`);
    expect(seen["x-forwarded-proto"]).toBeUndefined();
    expect(seen["x-forwarded-port"]).toBeUndefined();
    expect(JSON.stringify(seen)).not.toContain("evil.example");
  });

  it("a trusted proxy's do, as its last entry says", async () => {
    await start(proxied);
    const host = "evil.example, customers.example.com";
    await gate.send("GET", "/", { "x-forwarded-host": host, "x-forwarded-proto": "https" });
    expect(seen["x-forwarded-host"]).toBe("customers.example.com");
    expect(seen["x-forwarded-proto"]).toBe("https");
  });

  it("the public host is reached with the scheme of APP_URL", async () => {
    await start({ appUrl: "https://customers.example.com" });
    await gate.send("GET", "/", { host: "customers.example.com" });
    expect(seen["x-forwarded-proto"]).toBe("https");
  });
});

describe("what only the inside may say is taken off", () => {
  it.each([
    "x-middleware-subrequest",
    "x-middleware-rewrite",
    "x-middleware-set-cookie",
    "x-invoke-path",
    "x-matched-path",
    "x-nextjs-data",
    "x-now-route-matches",
    "x-prerender-revalidate",
    "x-vercel-ip-country",
    "x-action-forwarded",
    "next-resume",
    "content-security-policy-report-only",
  ])("%s", async (name) => {
    await start();
    await gate.send("GET", "/", { [name]: "forged" });
    expect(seen[name]).toBeUndefined();
  });
});

describe("the request id", () => {
  const given = { "x-request-id": "edge-7f3a9c21" };

  it("is ours, whatever a client sends", async () => {
    await start();
    expect((await gate.send("GET", "/", given)).headers["x-request-id"]).not.toContain("edge");
  });

  it("is a trusted proxy's, where it is short and plain", async () => {
    await start(proxied);
    const idOf = async (id: string) =>
      (await gate.send("GET", "/", { "x-request-id": id })).headers["x-request-id"];
    expect(await idOf("edge-7f3a9c21")).toBe("edge-7f3a9c21");
    expect(await idOf("a b\tc d e f")).toMatch(/^[\w-]{36}$/);
    expect(await idOf("x".repeat(65))).toMatch(/^[\w-]{36}$/);
  });
});

describe("Host", () => {
  it.each<[string, string | string[]]>([
    ["twice", ["localhost", "evil.example"]],
    ["with a path", "localhost/evil"],
    ["with a user", "me@localhost"],
    ["with a space", "local host"],
    ["empty", ""],
    ["with a port that is none", "localhost:99999"],
    ["a list", "localhost, evil.example"],
  ])("%s is 400", async (_, host) => {
    await start();
    seen = {};
    expect((await gate.send("GET", "/", { host })).status).toBe(400);
    expect(seen).toEqual({});
  });
});

describe("a form from another site is 403", () => {
  type Case = [string, Record<string, string>, Partial<GateSettings>, 200 | 403];
  const site = "customers.example.com";
  const cases: Case[] = [
    ["its own origin", { host: "localhost:3000", origin: "http://localhost:3000" }, {}, 200],
    [
      "another name for this machine",
      { host: "127.0.0.1:80", origin: "http://127.0.0.1" },
      {},
      200,
    ],
    ["in capitals", { host: "LOCALHOST:3000", origin: "http://localhost:3000" }, {}, 200],
    ["the default port of https", { host: `${site}:443`, origin: `https://${site}` }, {}, 200],
    ["null", { host: "localhost", origin: "null" }, {}, 403],
    ["another host", { host: "localhost", origin: "http://evil.example" }, {}, 403],
    ["another port", { host: "localhost:3000", origin: "http://localhost:3001" }, {}, 403],
    ["no port for one", { host: "localhost:3000", origin: "http://localhost" }, {}, 403],
    ["a name that begins alike", { host: site, origin: `https://${site}.evil.example` }, {}, 403],
    [
      "two origins",
      { host: "localhost", origin: "http://localhost, http://evil.example" },
      {},
      403,
    ],
    ["not an origin", { host: "localhost", origin: "localhost" }, {}, 403],
    ["another protocol", { host: "localhost", origin: "ftp://localhost" }, {}, 403],
    ["http where the site is https", { host: site, origin: `http://${site}` }, proxied, 403],
    ["none, crossing sites", { host: "localhost", "sec-fetch-site": "cross-site" }, {}, 403],
    ["none, within the site", { host: "localhost", "sec-fetch-site": "same-origin" }, {}, 200],
    ["none", { host: "localhost" }, {}, 200],
    [
      "X-Forwarded-Host of a stranger",
      { host: "localhost", origin: "http://evil.example", "x-forwarded-host": "evil.example" },
      {},
      403,
    ],
    [
      "X-Forwarded-Host of a trusted proxy",
      { host: "internal:8080", origin: `https://${site}`, "x-forwarded-host": site },
      proxied,
      200,
    ],
    [
      "the inner name behind a trusted proxy",
      { host: "internal", origin: "https://internal", "x-forwarded-host": site },
      proxied,
      403,
    ],
  ];
  it.each(cases)("%s", async (_, headers, settings, status) => {
    await start(settings);
    seen = {};
    const answer = await gate.send("POST", "/login", { ...urlencoded, ...headers }, "a=b");
    expect(answer.status).toBe(status);
    expect(Object.keys(seen).length > 0).toBe(status === 200);
  });

  it("Next, which compares with X-Forwarded-Host, finds the same host there", async () => {
    await start();
    const headers = { host: "LOCALHOST:80", origin: "http://localhost" };
    expect((await gate.send("POST", "/login", { ...urlencoded, ...headers }, "a=b")).status).toBe(
      200,
    );
    expect(seen["x-forwarded-host"]).toBe("localhost");
  });
});
