import { readFileSync } from "node:fs";
import { connect } from "node:net";
import type { APIResponse } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { sessionBegunBy } from "@/e2e/support/cookie-jar";
import { leadsTo, type PlainBrowser } from "@/e2e/support/plain-browser";

const isIn = async ({ http }: PlainBrowser, cookie?: string) => {
  const headers: Record<string, string> = cookie === undefined ? {} : { Cookie: cookie };
  return (await http.get("/account", { maxRedirects: 0, headers })).status() === 200;
};

const cookiesOf = async ({ http }: PlainBrowser) =>
  Object.fromEntries((await http.storageState()).cookies.map(({ name, value }) => [name, value]));
const header = (cookies: Record<string, string>) =>
  Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join("; ");

/** Errors in the host's log for an answer. */
const errorsOf = (answer: APIResponse) =>
  readFileSync(process.env.E2E_HOST_LOG ?? "", "utf8")
    .split("\n")
    .filter((line) => line.includes(answer.headers()["x-request-id"] ?? "none"))
    .filter((line) => line.includes('"level":"error"') || line.includes('"level":"warn"'));

const bad = { "portaria.callback": "x" };

test("with a callback cookie that leads nowhere a code still signs in, and a sign-out still ends", async ({
  visitPlainly,
  customer,
}) => {
  const browser = await visitPlainly();
  await browser.signIn(customer);
  const form = await browser.readForm("/verify", "code");
  const cookies = header({ ...(await cookiesOf(browser)), ...bad });
  const fields = { ...form, code: await customer.inbox.nextCode() };
  const sent = { multipart: fields, maxRedirects: 0, headers: { Cookie: cookies } };
  const answer = await browser.http.post("/verify", sent);
  expect(leadsTo(answer)).toBe("/account");
  expect(sessionBegunBy(answer)).not.toBeNull();
  expect(await isIn(browser)).toBe(true);
  const session = await cookiesOf(browser);
  const out = await browser.http.post("/account", {
    multipart: await browser.readForm("/account", "Sign out"),
    maxRedirects: 0,
    headers: { Cookie: header({ ...session, ...bad }) },
  });
  expect(leadsTo(out)).toBe("/login");
  expect(await isIn(browser, header(session)), "the row has ended, not the cookie alone").toBe(
    false,
  );
});

test("with it, or asked to answer a script, a password signs in or is refused as ever", async ({
  visitPlainly,
  customer,
}) => {
  const odd: { headers: Record<string, string>; more: Record<string, string> }[] = [
    { headers: { "X-Auth-Return-Redirect": "1" }, more: {} },
    { headers: {}, more: bad },
  ];
  for (const { headers, more } of odd) {
    for (const [password, path] of [
      [customer.password, "/account"],
      ["not this one", "/login"],
    ] as const) {
      const browser = await visitPlainly({ ip: customer.home });
      const form = { ...(await browser.readForm("/login", "password")), email: customer.email };
      const Cookie = header({ ...(await cookiesOf(browser)), ...more });
      const answer = await browser.http.post("/login", {
        multipart: { ...form, password },
        maxRedirects: 0,
        headers: { ...headers, Cookie },
      });
      expect(leadsTo(answer)).toBe(path);
      expect(sessionBegunBy(answer) !== null).toBe(path === "/account");
    }
  }
});

test("a cookie named twice: the valid one counts, in either order", async ({
  visitPlainly,
  customer,
}) => {
  const browser = await visitPlainly({ ip: customer.home });
  await browser.signIn(customer);
  const { "portaria.session": session = "" } = await cookiesOf(browser);
  for (const other of ["garbage", "", `${session}x`, session.replace(/^./, "f")]) {
    for (const cookie of [
      `portaria.session=${other}; portaria.session=${session}`,
      `portaria.session=${session}; portaria.session=${other}`,
      `portaria.session=${session}; portaria.session.0=${other}`,
    ]) {
      expect(await isIn(browser, cookie), cookie).toBe(true);
      const answer = await browser.http.get("/api/auth/session", { headers: { Cookie: cookie } });
      expect((await answer.json()).user.email).toBe(customer.email);
    }
  }
});

test("NextAuth's routes with anything in them are never a 500, nor an error in the log", async ({
  visitPlainly,
}) => {
  const { http } = await visitPlainly();
  const { csrfToken } = await (await http.get("/api/auth/csrf")).json();
  const answers: [string, APIResponse][] = [];
  const actions = "session csrf providers error signin signout callback/password";
  const queries = ["callbackUrl=x", "callbackUrl=%ff", "callbackUrl=//a", "error=%0a", "a[b]=c"];
  const cookies = [
    ...["portaria.csrf=x", "portaria.csrf=%", "portaria.csrf=a%7Cb", "portaria.session=garbage"],
    ...["portaria.session=%", "portaria.session.0=a", "portaria.callback=x", "portaria.callback=%"],
    ...["portaria.callback=https://evil.example", "__proto__=x", "=", "portaria.session"],
  ];
  for (const action of actions.split(" ")) {
    for (const query of queries) {
      const path = `/api/auth/${action}?${query}`;
      answers.push([path, await http.get(path, { maxRedirects: 0 })]);
    }
    for (const Cookie of cookies) {
      const sent = { maxRedirects: 0, headers: { Cookie } };
      answers.push([`${action} ${Cookie}`, await http.get(`/api/auth/${action}`, sent)]);
    }
  }
  const bodies: Record<string, unknown>[] = [
    { email: { toString: 1 }, password: { toString: 1 } },
    { email: 5, password: [] },
    { email: "x@example.com", password: "a", callbackUrl: { a: 1 } },
    { email: "x@example.com", password: "a".repeat(20_000), callbackUrl: "javascript:alert(1)" },
    { csrfToken: {} },
  ];
  for (const action of ["callback/password", "signout"]) {
    for (const body of bodies) {
      const sent = { maxRedirects: 0, data: { csrfToken, ...body } };
      const name = `${action} ${JSON.stringify(body).slice(0, 60)}`;
      answers.push([name, await http.post(`/api/auth/${action}`, sent)]);
    }
  }
  for (const path of [
    ...[
      "callback/ticket",
      "callback/%70assword",
      "callback/github",
      "constructor",
      "__proto__",
      "session/",
      "_log",
    ],
    ...["webauthn-options", "verify-request", "signin/password", "callback/password%2F"],
  ]) {
    const form = { csrfToken, email: "x@example.com", password: "a" };
    const answer = await http.post(`/api/auth/${path}`, { form, maxRedirects: 0 });
    expect.soft([404, 405], path).toContain(answer.status());
    answers.push([path, answer]);
  }
  for (const [name, answer] of answers) {
    expect.soft(answer.status(), name).toBeLessThan(500);
    expect.soft(errorsOf(answer), name).toEqual([]);
  }
});

test("the address of a callback that is spelt another way is 404, with no error in the log", async ({
  visitPlainly,
}) => {
  const { http } = await visitPlainly();
  const answer = await http.post("/api/auth/callback/%70assword", { form: { a: "b" } });
  expect(answer.status()).toBe(404);
  expect(errorsOf(answer)).toEqual([]);
});

test("each action of each page of the way in takes a form, never the arguments that a script would send", async ({
  visitPlainly,
  customer,
}) => {
  const browser = await visitPlainly();
  await browser.signIn(customer);
  for (const path of ["/login", "/signup", "/verify", "/forgot-password", "/recover", "/not-me"]) {
    const page = await (await browser.http.get(path)).text();
    const ids = new Set([...page.matchAll(/\$ACTION_ID_([0-9a-f]+)/g)].map(([, id = ""]) => id));
    for (const id of ids) {
      for (const argument of ['["a"]', "[]", "[null]", '[{"a":1}]', '["$K1","$K1"]']) {
        const fields = { [`$ACTION_ID_${id}`]: "", "0": argument };
        const sent = { multipart: fields, maxRedirects: 0 };
        const named = { ...sent, headers: { "Next-Action": id } };
        const asForm = await browser.http.post(path, sent);
        const answer = await browser.http.post(path, named);
        // A header names no action: what came is the form that it is without.
        const what = `${path} ${argument}`;
        expect.soft(answer.status(), what).toBe(asForm.status());
        expect.soft(answer.status(), what).toBeLessThan(500);
        expect.soft(answer.headers().location, what).toBe(asForm.headers().location);
        expect.soft(answer.headers()["content-type"], what).toBe(asForm.headers()["content-type"]);
        expect.soft(errorsOf(answer), what).toEqual([]);
      }
      const bound = { $ACTION_REF_1: "", "$ACTION_1:0": `{"id":"${id}","bound":"$@1"}` };
      const answer = await browser.post(path, { ...bound, "$ACTION_1:1": '["a"]' });
      expect.soft(answer.status(), `${path} bound`).toBe(400);
    }
  }
});

test("a target in absolute form is read, and its host counts", async () => {
  const { hostname, port, host } = new URL(process.env.E2E_HOST_URL ?? "");
  const ask = (target: string, asked: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk;
      });
      socket.on("close", () => resolve(text)).on("error", reject);
      socket.write(`GET ${target} HTTP/1.1\r\nHost: ${asked}\r\nConnection: close\r\n\r\n`);
    });
  expect(await ask(`http://${host}/login`, "other.example")).toMatch(/^HTTP\/1\.1 200 /);
  expect(await ask(`http://${host}/api/health`, host)).toContain('{"status":"ok"}');
  expect(await ask(`http://a:b@${host}/login`, host)).toMatch(/^HTTP\/1\.1 400 /);
  // The mailbox is for who asks for this very machine.
  expect(await ask("http://evil.example/mailbox", host)).toMatch(/^HTTP\/1\.1 404 /);
});
