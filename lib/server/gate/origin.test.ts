import { afterEach, describe, expect, test, vi } from "vitest";
import { log } from "@/lib/log/log";
import { foreignBecause } from "@/lib/server/gate/origin";
import { type GateUnderTest, startGate, urlencoded } from "@/lib/testing/gate";

const appUrl = "https://customers.example";
type Asked = Parameters<typeof foreignBecause>[2];

const nullOrigin = "Origin is null";
const noAddress = "Origin is not an http or https address";
const other = "Origin names another host or port than the request";
const crossed = "no Origin, and Sec-Fetch-Site says cross-site";
const inside: Asked = { host: "10.0.0.5:3000", scheme: "http" };

describe("a form's origin", () => {
  test.each<[string | undefined, string | undefined, Asked, ReturnType<typeof foreignBecause>]>([
    // The public origin, whatever the proxy says.
    [appUrl, undefined, { host: "customers.example", scheme: "https" }, null],
    [appUrl, undefined, { host: "customers.example", scheme: "http" }, null],
    [appUrl, undefined, { host: "customers.example", scheme: null }, null],
    [appUrl, undefined, inside, null],
    [appUrl, "cross-site", inside, null],
    ["HTTPS://CUSTOMERS.example:443", undefined, inside, null],
    // Another name of this site, as the request was asked for.
    ["http://10.0.0.5:3000", undefined, inside, null],
    ["http://localhost:3000", undefined, { host: "localhost:3000", scheme: null }, null],
    ["https://other.example", undefined, { host: "other.example:443", scheme: null }, null],
    // Foreign ones.
    ["null", undefined, inside, nullOrigin],
    ["", undefined, inside, noAddress],
    ["file://", undefined, inside, noAddress],
    [`${appUrl}, ${appUrl}`, undefined, inside, noAddress],
    ["http://customers.example", undefined, inside, other],
    [`${appUrl}:8443`, undefined, inside, other],
    [`${appUrl}.evil.example`, undefined, inside, other],
    ["https://evil.example", "same-origin", inside, other],
    ["http://10.0.0.5:3001", undefined, inside, other],
    ["http://10.0.0.5:3000", undefined, { host: null, scheme: null }, other],
    // No origin: a program, or an old browser.
    [undefined, undefined, inside, null],
    [undefined, "same-origin", inside, null],
    [undefined, "none", inside, null],
    [undefined, "cross-site", inside, crossed],
  ])("%s (%s) at %o: %s", (origin, site, asked, because) => {
    expect(foreignBecause(origin, site, asked, appUrl)).toBe(because);
  });
});

describe("behind a proxy that takes https off", () => {
  let gate: GateUnderTest;
  afterEach(async () => {
    await gate.stop();
    vi.restoreAllMocks();
  });

  test.each(["http", "https,http", "http, https", "https", "gopher", ""])(
    "X-Forwarded-Proto %j: the site's own forms are taken, and Next finds the host it compares",
    async (proto) => {
      let host: string | string[] | undefined;
      gate = await startGate(
        async (req, res) => {
          host = req.headers["x-forwarded-host"];
          res.end();
        },
        { trustedProxies: ["127.0.0.1"], appUrl },
      );
      const headers = { ...urlencoded, origin: appUrl, "x-forwarded-proto": proto };
      for (const asked of ["customers.example", "10.0.0.5:3000"]) {
        const answer = await gate.send("POST", "/login", { ...headers, host: asked }, "a=b");
        expect(answer.status).toBe(200);
        expect(host).toBe("customers.example");
      }
    },
  );

  test("the log names the cause of a 403, and quotes nothing", async () => {
    const lines: unknown[] = [];
    vi.spyOn(log, "info").mockImplementation((fields: unknown) => void lines.push(fields));
    gate = await startGate(async (_, res) => void res.end(), { appUrl });
    const foreign: Record<string, string>[] = [
      { origin: "null" },
      { origin: "https://evil.example" },
      { "sec-fetch-site": "cross-site" },
    ];
    for (const headers of foreign) {
      expect((await gate.send("POST", "/login", { ...urlencoded, ...headers }, "a=b")).status).toBe(
        403,
      );
    }
    await gate.send("POST", "/login", { ...urlencoded, origin: appUrl }, "a=b");
    await vi.waitFor(() => expect(lines).toHaveLength(4), 20_000);
    expect(lines).toMatchObject(
      [nullOrigin, other, crossed, undefined].map((because) => ({ because })),
    );
    expect(JSON.stringify(lines)).not.toContain("evil.example");
  });
});
