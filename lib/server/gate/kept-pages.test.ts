import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { type CookiePurpose, cookiePurposes } from "@/lib/cookies/cookies";
import { locales } from "@/lib/i18n/locales";
import { keptPaths } from "@/lib/server/gate/kept-pages";
import type { OwnFiles } from "@/lib/server/gate/own-files";
import type { GateSettings } from "@/lib/server/gate/settings";
import { type GateUnderTest, startGate, urlencoded } from "@/lib/testing/gate";

const files: OwnFiles = { addressOf: (path) => `${path}?v=1`, serve: () => false };

let gate: GateUnderTest;
let made: string[] = [];
let page: (req: IncomingMessage, res: ServerResponse) => string;

/** As a page of ours: in the language asked for, with a form, and with the zone that was said. */
const usual: typeof page = (req) => {
  const chosen = /portaria\.locale=(\w+)/.exec(req.headers.cookie ?? "")?.[1];
  const locale = chosen ?? (req.headers["accept-language"] || "en");
  const zone = /portaria\.time-zone=([\w/]+)/.exec(req.headers.cookie ?? "")?.[1];
  const said = zone === undefined ? "" : ` data-known-time-zone="${zone}"`;
  const form = `<form><input type="hidden" name="loaded" value="${made.length}"/></form>`;
  return `<html lang="${locale}"><body${said}>é${form}<script>x</script></body></html>`;
};

async function start(settings: Partial<GateSettings> = {}) {
  gate = await startGate(
    async (req, res) => {
      made.push(`${req.method} ${req.url}`);
      res.setHeader("Content-Type", "text/html; charset=utf-8");
      res.setHeader("Vary", "rsc");
      const html = page(req, res);
      req.resume();
      res.end(html);
    },
    { files, ...settings },
  );
}

beforeEach(() => {
  made = [];
  page = usual;
});
afterEach(() => gate.stop());

const now = /name="loaded" value="(1\d{12})"/;

describe("a page that says the same to everybody is made once a language", () => {
  it.each(keptPaths)("%s", async (path) => {
    await start();
    for (const locale of locales) {
      const asked = { "accept-language": locale };
      const [first, second] = [
        await gate.send("GET", path, asked),
        await gate.send("GET", path, asked),
      ];
      expect(second.status).toBe(200);
      expect(second.body).toMatch(now);
      expect(second.body.replace(now, "")).toBe(
        first.body.replace(/name="loaded" value="\d+"/, ""),
      );
      expect(second.body).toContain(`lang="${locale}"`);
      const differing = ["date", "x-request-id", "set-cookie", "content-length"];
      for (const name of differing) for (const { headers } of [first, second]) delete headers[name];
      expect(second.headers).toEqual(first.headers);
    }
    expect(made).toHaveLength(locales.length);
  });

  it("each browser gets a visit of its own, and whoever has one keeps it", async () => {
    await start();
    const visits = [];
    for (let time = 0; time < 3; time++) {
      visits.push((await gate.send("GET", "/login")).headers["set-cookie"]?.split(";")[0]);
    }
    expect(new Set(visits).size).toBe(3);
    for (const visit of visits) expect(visit).toMatch(/^portaria\.visit=[\w-]{22}$/);
    const again = await gate.send("GET", "/login", { cookie: visits[0] ?? "" });
    expect(again.headers["set-cookie"]).toBeUndefined();
    expect(made).toHaveLength(1);
  });

  it("the zone that a browser said is that browser's", async () => {
    await start();
    const said = { cookie: "portaria.time-zone=Europe%2FLisbon" };
    await gate.send("GET", "/login");
    expect((await gate.send("GET", "/login", said)).body).toContain(
      '<body data-known-time-zone="Europe/Lisbon">',
    );
    expect((await gate.send("GET", "/login")).body).toContain("<body>");
    expect(made).toHaveLength(1);
  });

  it("also when it was made for one that had said it", async () => {
    await start();
    await gate.send("GET", "/login", { cookie: "portaria.time-zone=Europe/Lisbon" });
    expect((await gate.send("GET", "/login")).body).toContain("<body>");
    expect(made).toHaveLength(1);
  });

  it("compressed as its reader accepts it", async () => {
    await start();
    await gate.send("GET", "/login");
    const answer = await fetch(`http://127.0.0.1:${gate.port}/login`, {
      headers: { "accept-encoding": "gzip" },
    });
    expect(answer.headers.get("content-encoding")).toBe("gzip");
    expect(await answer.text()).toMatch(now);
  });

  it("its headers alone for HEAD", async () => {
    await start();
    const { body } = await gate.send("GET", "/login");
    await gate.send("GET", "/login");
    const head = await gate.send("HEAD", "/login");
    expect(head).toMatchObject({ status: 200, body: "" });
    expect(Number(head.headers["content-length"])).toBeGreaterThan(body.length - 20);
    expect(made).toHaveLength(1);
  });
});

describe("is made anew", () => {
  const changes: Record<CookiePurpose, boolean> = {
    ...{ session: true, notice: true, pending: true, untrusted: true, case: true },
    ...{ csrf: false, callback: false, browser: false, "trusted-browser": false, visit: false },
    ...{ locale: false, "time-zone": false, "recovery-codes": false },
  };
  test.each(cookiePurposes)(
    "for a browser with the cookie %s only where that says more",
    async (purpose) => {
      await start();
      await gate.send("GET", "/login");
      const value = purpose === "locale" ? "en" : "x";
      await gate.send("GET", "/login", { cookie: `a=b; portaria.${purpose}=${value}` });
      expect(made).toHaveLength(changes[purpose] ? 2 : 1);
    },
  );

  test.each<[string, string, string, Record<string, string>]>([
    ["with a query", "GET", "/login?callbackUrl=%2Faccount", {}],
    ["with an empty one", "GET", "/login?", {}],
    ["spelled otherwise", "GET", "/logi%6e", {}],
    ["as the answer to a form", "POST", "/login", urlencoded],
    ["for a choice of language that is none", "GET", "/login", { cookie: "portaria.locale=e%6e" }],
    ["where it is another page", "GET", "/recover", {}],
  ])("%s", async (_, method, target, headers) => {
    await start();
    await gate.send("GET", "/login");
    for (let time = 0; time < 2; time++) {
      await gate.send(method, target, headers, method === "POST" ? "a=b" : "");
    }
    expect(made).toHaveLength(3);
    // And none of them replaced the one that is kept.
    expect((await gate.send("GET", "/login")).body).toMatch(now);
    expect(made).toHaveLength(3);
  });

  test.each<[string, (res: ServerResponse) => string | undefined]>([
    ["was none", (res) => void Object.assign(res, { statusCode: 404 })],
    ["was led elsewhere", (res) => void res.writeHead(307, { Location: "/account" })],
    ["failed", (res) => void Object.assign(res, { statusCode: 503 })],
    ["came in another language than asked for", () => '<html lang="fr"><body></body></html>'],
    ["is no page", () => "<p>"],
  ])("after one that %s", async (_, answer) => {
    await start();
    page = (req, res) => answer(res) ?? usual(req, res);
    await gate.send("GET", "/login");
    page = usual;
    const next = await gate.send("GET", "/login");
    expect(next).toMatchObject({ status: 200 });
    expect(next.body).not.toMatch(now);
    expect(made).toHaveLength(2);
  });

  test("in development", async () => {
    await start({ dev: true });
    await gate.send("GET", "/login");
    await gate.send("GET", "/login");
    expect(made).toHaveLength(2);
  });
});

test.each([
  ["a method that is not served", "DELETE", "/login", {}, 405],
  ["a form of another site", "POST", "/login", { ...urlencoded, origin: "null" }, 403],
])("%s is refused as ever", async (_, method, target, headers, status) => {
  await start();
  await gate.send("GET", "/login");
  const body = method === "POST" ? "a=b" : "";
  expect((await gate.send(method, target, headers, body)).status).toBe(status);
});
