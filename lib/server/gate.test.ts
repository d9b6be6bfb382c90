import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { currentRequest, noteDatabaseDown, noteReached } from "@/lib/log/request-context";
import type { GateSettings } from "@/lib/server/gate/settings";
import { type GateUnderTest, startGate, urlencoded } from "@/lib/testing/gate";
import { expectLogged } from "@/lib/testing/logged";

const secret = "a-secret-of-this-test-alone-and-long-enough";

const lockTimeout = Object.assign(new Error("canceling statement due to lock timeout"), {
  code: "55P03",
});

let gate: GateUnderTest;
const seen: IncomingMessage[] = [];

async function app(req: IncomingMessage, res: ServerResponse) {
  seen.push(req);
  const path = req.url?.split("?")[0];
  if (path === "/throws") throw new Error("the app failed");
  if (path?.startsWith("/database") || path === "/api/health") {
    // Two statements of a request fail: the first says why.
    noteDatabaseDown(lockTimeout);
    noteDatabaseDown(new Error("timeout expired"));
  }
  if (path === "/reached") noteReached();
  const request = currentRequest();
  if (req.headers["x-says-entered"] && request !== undefined) request.enteredSaid = true;
  if (path === "/error" || path === "/database" || path === "/reached") {
    res.writeHead(500, { "Content-Type": "text/html", "Content-Encoding": "gzip" });
    res.write("half of");
    res.end("a page");
    return;
  }
  if (path === "/redirect" || path === "/moved.svg") {
    res.writeHead(303, { Location: String(req.headers["x-wanted"]) }).end();
    return;
  }
  if (path === "/framework") res.setHeader("X-Powered-By", "a framework");
  if (path?.includes("not-found")) res.statusCode = 404;
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  res.setHeader("Cache-Control", "public, max-age=60");
  res.setHeader("Content-Type", "text/html");
  const body = Buffer.concat(chunks).toString("utf8");
  res.end(JSON.stringify({ body, url: req.url, seesMailbox: request?.seesMailbox }));
}

async function start(settings: Partial<GateSettings> = {}) {
  gate = await startGate(app, settings);
}

const lastSeen = () => seen.at(-1)?.headers ?? {};

afterEach(async () => {
  await gate.stop();
  seen.length = 0;
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  resetEnvironment();
});

describe("every answer carries the security headers", () => {
  const answers: Record<string, () => ReturnType<GateUnderTest["sendRaw"]>> = {
    "a page": () => gate.send("GET", "/login"),
    "a page that does not exist": () => gate.send("GET", "/not-found"),
    "a redirect": () => gate.send("GET", "/redirect", { "x-wanted": "/login" }),
    "a file": () => gate.send("GET", "/_next/static/a.js"),
    "an error of the app": () => gate.send("GET", "/error"),
    "an exception of the app": () => gate.send("GET", "/throws"),
    "a database that is down": () => gate.send("GET", "/database"),
    "a foreign form": () => gate.send("POST", "/login", { ...urlencoded, origin: "null" }, "a=b"),
    "a method not served": () => gate.send("DELETE", "/login"),
    "an unknown method": () => gate.send("FETCH", "/login"),
    "a tunnel": () => gate.send("CONNECT", "localhost:80"),
    "a content type not served": () => gate.send("POST", "/login", {}, "a=b"),
    "too large a form": () => gate.send("POST", "/login", urlencoded, "a".repeat(70_000)),
    "too long headers": () => gate.send("GET", "/login", { cookie: "a".repeat(20_000) }),
    "an unreadable address": () => gate.send("GET", "/%"),
    "an unknown expectation": () => gate.send("GET", "/login", { expect: "miracles" }),
    "no host": () => gate.sendRaw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"),
    "no request": () => gate.sendRaw("hello\r\n\r\n"),
    "no pending sign-in": () => gate.send("HEAD", "/verify"),
  };

  it.each(Object.keys(answers))("%s", async (name) => {
    if (name === "an exception of the app") expectLogged(/the app failed/);
    if (name === "a database that is down") expectLogged(/The database is away/);
    vi.stubEnv("AUTH_SECRET", secret);
    resetEnvironment();
    await start({ appUrl: "https://customers.example.com" });
    const headers: Record<string, string> = (await answers[name]?.())?.headers ?? {};
    expect(headers["content-security-policy"]).toMatch(
      /script-src customers\.example\.com\/scripts\/( localhost:\d+\/scripts\/)?;/,
    );
    const policy = headers["content-security-policy"] ?? "";
    expect(policy).not.toContain("unsafe");
    for (const directive of ["base-uri 'none'", "form-action 'self'", "object-src 'none'"]) {
      expect(policy).toContain(directive);
    }
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "strict-transport-security": expect.stringContaining("max-age=31536000"),
      "permissions-policy": expect.stringContaining("camera=()"),
      "x-request-id": expect.stringMatching(/^[\w-]{36}$/),
    });
    expect(headers["x-powered-by"]).toBeUndefined();
    const kept = name === "a file" ? "public, max-age=60" : "no-store";
    expect(headers["cache-control"]).toBe(kept);
  });

  it("the framework's own name is taken off, and HSTS is for https only", async () => {
    await start();
    const { headers } = await gate.send("GET", "/framework");
    expect(headers["x-powered-by"]).toBeUndefined();
    expect(headers["strict-transport-security"]).toBeUndefined();
  });

  it("an error or a redirect for a file is not kept in caches", async () => {
    await start();
    const answer = await gate.send("GET", "/_next/static/not-found.js");
    expect(answer).toMatchObject({ status: 404, headers: { "cache-control": "no-store" } });
    const moved = await gate.send("GET", "/moved.svg", { "x-wanted": "/icon.svg" });
    expect(moved).toMatchObject({ status: 303, headers: { "cache-control": "no-store" } });
  });
});

describe("no policy has a nonce, and none can be handed in", () => {
  it("the app gets no policy, in which Next would look for one", async () => {
    await start();
    const forged = { "content-security-policy": "script-src 'nonce-evil'" };
    const first = await gate.send("GET", "/", forged);
    expect(lastSeen()["content-security-policy"]).toBeUndefined();
    expect(first.headers["content-security-policy"]).not.toContain("nonce");
  });
});

describe("an error never leaves as the framework's blank page", () => {
  const html = { accept: "text/html", "accept-language": "fr" };

  it("500 is a page of ours, in the reader's language, not compressed", async () => {
    await start();
    const answer = await gate.send("GET", "/error", html);
    expect(answer.status).toBe(500);
    expect(answer.headers["content-encoding"]).toBeUndefined();
    expect(answer.body).toContain('<html lang="fr">');
    expect(answer.body).toContain('role="alert"');
    expect(answer.body).not.toContain("half of");
  });

  it("with the database down it is 503, with the time to come back", async () => {
    expectLogged(/The database is away/);
    await start();
    const answer = await gate.send("GET", "/database", html);
    expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "5" } });
  });

  it.each([
    ["answers 503", "/database?token=a-secret", 503],
    ["shows a page without it", "/database-spared?token=a-secret", 200],
  ])(
    "a request that %s has one error line: why, where, and nothing that was sent",
    async (_, path, status) => {
      await start();
      const lines = vi.spyOn(log, "error").mockImplementation(() => {});
      const answer = await gate.send("GET", path, html);
      expect(answer.status).toBe(status);
      expect(lines).toHaveBeenCalledTimes(1);
      const [fields, text] = lines.mock.calls[0] ?? [];
      expect(text).toBe("The database is away");
      expect(fields).toMatchObject({
        requestId: answer.headers["x-request-id"],
        method: "GET",
        path: path.split("?")[0],
        reason: "55P03",
        err: { message: "canceling statement due to lock timeout" },
      });
      expect(JSON.stringify(fields)).not.toContain("a-secret");
    },
  );

  it("health has lines of its own, when its state changes", async () => {
    await start();
    const lines = vi.spyOn(log, "error").mockImplementation(() => {});
    await gate.send("GET", "/api/health");
    expect(lines).not.toHaveBeenCalled();
  });

  it("a form that fails before any code of ours saw it is 400, after that 500", async () => {
    expectLogged(/The database is away/);
    await start();
    const form = [urlencoded, "a=b"] as const;
    expect((await gate.send("POST", "/error", ...form)).status).toBe(400);
    expect((await gate.send("POST", "/reached", ...form)).status).toBe(500);
    expect((await gate.send("POST", "/database", ...form)).status).toBe(503);
  });

  it("an exception is answered, and the next request too", async () => {
    expectLogged(/the app failed/);
    await start();
    expect((await gate.send("GET", "/throws")).status).toBe(500);
    expect((await gate.send("GET", "/login")).status).toBe(200);
  });
});

describe("redirects stay where the visitor is", () => {
  it.each([
    ["http://localhost:3000/account?a=b#c", "/account?a=b#c"],
    ["/login", "/login"],
    ["http://localhost:3000//evil.example", "/evil.example"],
    ["//evil.example/x", "/evil.example/x"],
    ["/\\evil.example", "/evil.example"],
    ["https://provider.example/x", "https://provider.example/x"],
  ])("%s becomes %s", async (wanted, location) => {
    await start();
    const { headers } = await gate.send("GET", "/redirect", { "x-wanted": wanted });
    expect(headers.location).toBe(location);
  });

  it("the host that was asked for is our own, whatever APP_URL says", async () => {
    await start();
    const wanted = `http://127.0.0.1:${gate.port}/account`;
    const asked = { host: `127.0.0.1:${gate.port}`, "x-wanted": wanted };
    expect((await gate.send("GET", "/redirect", asked)).headers.location).toBe("/account");
  });
});

describe("/verify without a pending sign-in", () => {
  it("leads to /login, relative, with a notice; with the cookie the page is shown", async () => {
    vi.stubEnv("AUTH_SECRET", secret);
    resetEnvironment();
    await start();
    const answer = await gate.send("GET", "/verify");
    expect(answer).toMatchObject({ status: 307, headers: { location: "/login" } });
    expect(answer.headers["set-cookie"]).toMatch(
      /^portaria\.notice=[^;]+;.*HttpOnly; SameSite=Lax/,
    );
    const pending = { cookie: "other=1; portaria.pending=x.y" };
    expect((await gate.send("GET", "/verify", pending)).status).toBe(200);
  });
});

describe("that a right code led in is said once", () => {
  const says = { "x-says-entered": "1" };

  it("the page that says so takes the notice back, and no other one does", async () => {
    await start();
    const cookies = async (path: string, headers = {}) =>
      (await gate.send("GET", path, headers)).headers["set-cookie"] ?? "";
    expect(await cookies("/account", says)).toContain("portaria.notice=;");
    expect(await cookies("/account")).not.toContain("portaria.notice");
    // Whoever is led on has read nothing yet.
    expect(await cookies("/redirect", says)).not.toContain("portaria.notice");
  });
});

describe("the mailbox is for this machine only", () => {
  const asked: [string, Record<string, string>, Partial<GateSettings>, string][] = [
    ["from localhost", {}, {}, "/mailbox"],
    ["with another host", { host: "customers.example.com" }, {}, "/_gate/not-found"],
    ["through a proxy", { "x-forwarded-for": "10.0.0.1" }, {}, "/_gate/not-found"],
    ["through a proxy that only says so", { via: "1.1 proxy" }, {}, "/_gate/not-found"],
    ["with real mail", {}, { hasMailbox: false }, "/_gate/not-found"],
  ];
  it.each(asked)("%s", async (_, headers, settings, shown) => {
    await start(settings);
    expect(JSON.parse((await gate.send("GET", "/mailbox", headers)).body).url).toBe(shown);
    const inside = await gate.send("GET", "/%6dailbox/1", headers);
    expect(inside.body).toContain(shown.replace("/mailbox", "/%6dailbox/1"));
  });

  it.each(asked)("and no page leads there for who may not see it: %s", async (...given) => {
    const [, headers, settings, shown] = given;
    await start(settings);
    const { seesMailbox } = JSON.parse((await gate.send("GET", "/help", headers)).body);
    expect(seesMailbox).toBe(shown === "/mailbox");
  });

  it("mails may style inline there, and nowhere else", async () => {
    await start();
    const styles = (policy = "") => policy.split("; ").find((part) => part.startsWith("style-src"));
    const mailbox = await gate.send("GET", "/mailbox");
    const page = await gate.send("GET", "/mailboxes");
    expect(styles(mailbox.headers["content-security-policy"])).toContain("'unsafe-inline'");
    expect(styles(page.headers["content-security-policy"])).not.toContain("'unsafe-inline'");
  });
});

describe("the log", () => {
  it("has a line for each request, without the query, where tokens of links stand", async () => {
    await start();
    const info = vi.spyOn(log, "info").mockImplementation(() => {});
    const answer = await gate.send("GET", "/reset-password?token=secret");
    await vi.waitFor(() => expect(info).toHaveBeenCalled(), 20_000);
    expect(JSON.stringify(info.mock.calls)).not.toContain("secret");
    expect(info.mock.calls[0]?.[0]).toMatchObject({
      ...{ method: "GET", path: "/reset-password", status: 200 },
      requestId: answer.headers["x-request-id"],
    });
  });

  it("knows the request in all that the app does for it, and none outside", async () => {
    const ids: (string | undefined)[] = [];
    gate = await startGate(async (_req, res) => {
      await new Promise(setImmediate);
      ids.push(currentRequest()?.requestId);
      res.end();
    });
    const answer = await gate.send("GET", "/");
    expect(ids).toEqual([answer.headers["x-request-id"]]);
    expect(currentRequest()).toBeUndefined();
  });
});
