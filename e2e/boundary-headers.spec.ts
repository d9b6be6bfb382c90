import type { APIResponse } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { cookiesSetBy } from "@/e2e/support/cookie-jar";

/** The directives of a Content-Security-Policy by name. */
function policyOf(answer: APIResponse): Map<string, string[]> {
  const header = answer.headers()["content-security-policy"] ?? "";
  return new Map(
    header.split(";").map((directive) => {
      const [name = "", ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );
}

function expectOurHeaders(answer: APIResponse, what: string): void {
  const headers = answer.headers();
  const policy = policyOf(answer);
  const scripts = policy.get("script-src") ?? [];
  expect(scripts, what).not.toEqual([]);
  for (const source of scripts) expect(source, what).toMatch(/^[a-z0-9.-]+:\d+\/scripts\/$/);
  expect(policy.get("base-uri"), what).toEqual(["'none'"]);
  expect(policy.get("form-action"), what).toEqual(["'self'"]);
  expect(policy.get("frame-ancestors"), what).toEqual(["'none'"]);
  expect(policy.get("object-src"), what).toEqual(["'none'"]);
  expect(headers["x-content-type-options"], what).toBe("nosniff");
  expect(headers["referrer-policy"], what).toBe("same-origin");
  expect(headers["permissions-policy"], what).toContain("camera=()");
  expect(headers["x-powered-by"], what).toBeUndefined();
  // The public origin of the tests' servers is http.
  expect(headers["strict-transport-security"], what).toBeUndefined();
}

test("every answer carries the headers, whoever wrote it, and private ones are not kept", async ({
  visitPlainly,
}) => {
  const { http } = await visitPlainly();
  const form = { multipart: { email: "a@example.com" }, maxRedirects: 0 };
  const answers: [what: string, status: number, answer: APIResponse][] = [];
  for (const [path, status] of [
    ["/login", 200],
    ["/signup", 200],
    ["/help", 200],
    ["/help/login-code", 200],
    ["/no-such-page", 404],
    ["/mailbox", 404],
    ["/support", 307],
    ["/_next/image?url=%2Ficon.svg&w=64&q=75", 404],
    ["/", 307],
    ["/account", 307],
    ["/verify", 307],
    ["/api/health", 200],
    ["/api/auth/session", 200],
    ["/api/auth/csrf", 200],
    ["/%00", 400],
    ["/login?q=%00", 400],
    ["/a/..%2f..%2fetc/passwd", 400],
  ] as const) {
    answers.push([path, status, await http.get(path, { maxRedirects: 0 })]);
  }
  answers.push(["DELETE", 405, await http.delete("/login")]);
  answers.push([
    "413",
    413,
    await http.post("/login", {
      data: "x".repeat(200_000),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    }),
  ]);
  answers.push([
    "415",
    415,
    await http.post("/login", { data: "<a/>", headers: { "content-type": "text/xml" } }),
  ]);
  answers.push([
    "403",
    403,
    await http.post("/login", { ...form, headers: { Origin: "https://evil.example" } }),
  ]);
  for (const [what, status, answer] of answers) {
    expect.soft(answer.status(), what).toBe(status);
    expectOurHeaders(answer, what);
    expect.soft(answer.headers()["cache-control"], what).toContain("no-store");
  }
});

test("a page names scripts of our folder alone, none inline, and they may stay in a cache", async ({
  visitPlainly,
}) => {
  const { http } = await visitPlainly();
  const page = await (await http.get("/login")).text();
  const scripts = page.match(/<script\b[^>]*>[^<]*/g) ?? [];
  expect(scripts).not.toEqual([]);
  expect(page).not.toMatch(/as="script"| on[a-z]+=/);
  for (const script of scripts) {
    const address = /^<script type="module" src="(\/scripts\/[\w-]+\.js\?v=[\w-]+)">$/.exec(script);
    expect(address, script).not.toBeNull();
    const file = await http.get(address?.[1] ?? "");
    expect(file.headers()["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(file.headers()["cache-control"]).toContain("immutable");
    expectOurHeaders(file, "script");
  }
  const ofBefore = await http.get("/scripts/page.js?v=of-before");
  expect(ofBefore.headers()["cache-control"]).toBe("no-cache");
  expect((await http.get("/scripts/no-such.js")).status()).toBe(404);
  expect((await http.post("/scripts/page.js", { form: { a: "b" } })).status()).toBe(405);
});

test("a page styles nothing inline: the brand's colours are a file that may stay in a cache", async ({
  visitPlainly,
}) => {
  const { http } = await visitPlainly();
  for (const path of ["/login", "/no-such-page", "/%00"]) {
    const answer = await http.get(path, { headers: { accept: "text/html" } });
    expect(policyOf(answer).get("style-src"), path).toEqual(["'self'"]);
    expect(await answer.text(), path).not.toMatch(/<style| style=/);
  }
  const [, brand = ""] =
    /href="(\/styles\/brand\.css\?v=[\w-]+)"/.exec(await (await http.get("/login")).text()) ?? [];
  const colours = await http.get(brand);
  expect(colours.headers()["content-type"]).toBe("text/css; charset=utf-8");
  expect(colours.headers()["cache-control"]).toContain("immutable");
  expect(await colours.text()).toMatch(/^:root\{--accent:rgb\(/);
  expectOurHeaders(colours, "style");
  const [, refusal = ""] =
    /href="(\/styles\/[^"]+)"/.exec(
      await (await http.get("/%00", { headers: { accept: "text/html" } })).text(),
    ) ?? [];
  expect(await (await http.get(refusal)).text()).toContain("font:");
});

test("static files keep the headers and may stay in a cache", async ({ visitPlainly }) => {
  const { http } = await visitPlainly();
  const style = /\/_next\/static\/[^"]+\.css/.exec(await (await http.get("/login")).text())?.[0];
  const answer = await http.get(style ?? "");
  expect(answer.status()).toBe(200);
  expectOurHeaders(answer, "static");
  expect(answer.headers()["cache-control"]).toContain("immutable");
});

test("no page breaks its own Content-Security-Policy", async ({ visit, customer }) => {
  const { page, login, verify, account } = await visit();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  for (const path of ["/help/login-code", "/signup", "/login"]) await page.goto(path);
  await login.fillIn(customer);
  await verify.typeCode(await customer.inbox.nextCode());
  await account.expectSignedIn(customer);
  expect(complaints).toEqual([]);
});

test("every cookie is HttpOnly, SameSite and for the whole site only", async ({
  visitPlainly,
  customer,
}) => {
  const browser = await visitPlainly();
  const answers = [
    await browser.http.get("/api/auth/csrf"),
    await browser.signIn({ ...customer, password: "wrong at first" }),
    await browser.signIn(customer),
    await browser.typeCode(await customer.inbox.nextCode()),
    await browser.http.post("/language", { form: { locale: "fr" }, maxRedirects: 0 }),
  ];
  const cookies = answers.flatMap(cookiesSetBy);
  const names = new Set(cookies.map(({ name }) => name.replace("portaria.", "")));
  expect([...names]).toEqual(
    expect.arrayContaining(["csrf", "notice", "browser", "pending", "session", "locale"]),
  );
  for (const { name, attributes } of cookies) {
    expect(attributes, name).toContain("httponly");
    expect(attributes, name).toContain("path=/");
    expect(
      attributes.some((one) => one === "samesite=lax" || one === "samesite=strict"),
      name,
    ).toBe(true);
    expect(
      attributes.some((one) => one.startsWith("domain=")),
      name,
    ).toBe(false);
  }
});

test("/api/health says that the database answers", async ({ visitPlainly }) => {
  const { http } = await visitPlainly();
  const answer = await http.get("/api/health");
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toEqual({ status: "ok" });
});
