import { request as startRequest } from "node:http";
import { expect, test } from "@/e2e/fixtures";
import { leadsTo } from "@/e2e/support/plain-browser";

const formType = { "content-type": "application/x-www-form-urlencoded" };

for (const origin of ["null", "https://evil.example", "http://127.0.0.1:1"]) {
  test(`a form from the origin ${origin} is 403, and nobody signs in`, async ({
    visitPlainly,
    customer,
  }) => {
    const browser = await visitPlainly({ ip: customer.home });
    const { email, password } = customer;
    const form = { ...(await browser.readForm("/login", "password")), email, password };
    const foreign = { multipart: form, maxRedirects: 0, headers: { Origin: origin } };
    expect((await browser.http.post("/login", foreign)).status()).toBe(403);
    const csrfToken = (await (await browser.http.get("/api/auth/csrf")).json()).csrfToken;
    const answer = await browser.http.post("/api/auth/callback/password", {
      form: { csrfToken, email, password },
      maxRedirects: 0,
      headers: { Origin: origin },
    });
    expect(answer.status()).toBe(403);
    expect(leadsTo(await browser.post("/login", form))).toBe("/account");
  });
}

test("without an Origin a form from another site is 403, one of no browser is taken", async () => {
  const base = process.env.E2E_HOST_URL ?? "";
  const post = (headers: Record<string, string>) =>
    fetch(new URL("/login", base), {
      method: "POST",
      redirect: "manual",
      headers: { ...formType, ...headers },
      body: "email=&password=",
    });
  expect((await post({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await post({})).status).toBeLessThan(400);
});

test("X-Forwarded-Host of the trusted proxy names the site that a form comes from", async ({
  visitPlainly,
  customer,
}) => {
  const browser = await visitPlainly({ ip: customer.home });
  const { email, password } = customer;
  const form = { ...(await browser.readForm("/login", "password")), email, password };
  const throughProxy = (host: string) =>
    browser.http.post("/login", {
      multipart: form,
      maxRedirects: 0,
      headers: {
        Origin: "https://customers.example",
        "X-Forwarded-Host": host,
        "X-Forwarded-Proto": "https",
      },
    });
  expect((await throughProxy("other.example")).status()).toBe(403);
  expect(leadsTo(await throughProxy("customers.example"))).toBe("/account");
});

test("methods and content types that are not served are 405 and 415", async ({ visitPlainly }) => {
  const { http } = await visitPlainly();
  for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"]) {
    const answer = await http.fetch("/login", { method });
    expect.soft(answer.status(), method).toBe(405);
    expect.soft(answer.headers().allow, method).toBe("GET, HEAD, POST");
  }
  expect((await http.post("/api/health", { form: { a: "b" } })).status()).toBe(405);
  for (const type of [
    "text/plain",
    "application/xml",
    "application/octet-stream",
    "multipart/form-data",
  ]) {
    const answer = await http.post("/login", { data: "a=b", headers: { "content-type": type } });
    expect.soft(answer.status(), type).toBe(415);
  }
});

test("HEAD answers as GET does, without the page", async ({ visitPlainly }) => {
  const { http } = await visitPlainly();
  for (const [path, status] of [
    ["/login", 200],
    ["/no-such-page", 404],
    ["/account", 307],
    ["/api/health", 200],
  ] as const) {
    const answer = await http.head(path, { maxRedirects: 0 });
    expect.soft(answer.status(), path).toBe(status);
    expect.soft((await answer.body()).length, path).toBe(0);
  }
});

test("a body too large is 413, announced or not, and the server lives on", async ({
  visitPlainly,
}) => {
  const { http } = await visitPlainly();
  const tooLarge = Buffer.alloc(10 * 1024 * 1024, "a");
  for (const path of ["/login", "/signup", "/verify", "/api/auth/callback/password"]) {
    const answer = await http.post(path, { data: tooLarge, headers: formType });
    expect.soft(answer.status(), path).toBe(413);
  }
  const chunked = await new Promise<number | undefined>((resolve, reject) => {
    const request = startRequest(new URL("/login", process.env.E2E_HOST_URL), {
      method: "POST",
      headers: formType,
    });
    request.on("response", (response) => resolve(response.resume().statusCode));
    request.on("error", reject);
    for (let part = 0; part < 10; part++) request.write(tooLarge.subarray(0, 100_000));
    request.end();
  });
  expect(chunked).toBe(413);
  expect((await http.get("/api/health")).status()).toBe(200);
});

const nul = "\0";
const oddValues = {
  "a NUL": `a${nul}b`,
  "50,000 characters": "a".repeat(50_000),
  "a lone surrogate": "a\ud800",
  "right-to-left marks": "\u202eoco.elpmaxe@airam",
  "a file's name": "../../etc/passwd",
  SQL: "' OR 1=1 --",
  HTML: "<script>alert(1)</script>",
} as const;

test("odd values in any field are refused or said at the form, never a 500", async ({
  visitPlainly,
  customer,
}) => {
  const browser = await visitPlainly();
  await browser.signIn(customer);
  for (const [path, fields] of [
    ["/login", ["email", "password", "callbackUrl"]],
    ["/signup", ["name", "email", "password"]],
    ["/verify", ["code", "challenge"]],
  ] as const) {
    const holds = path === "/verify" ? "code" : "password";
    const usual = await browser.readForm(path, holds);
    for (const field of fields) {
      for (const [what, value] of Object.entries(oddValues)) {
        const answer = await browser.post(path, { ...usual, [field]: value });
        expect.soft(answer.status(), `${path} ${field} with ${what}`).toBeLessThan(500);
      }
    }
  }
  const page = await (await browser.http.get("/login")).text();
  expect(page).not.toContain("<script>alert(1)</script>");
});

test("repeated, missing and unreadable fields are refused or said at the form", async ({
  visitPlainly,
}) => {
  const browser = await visitPlainly();
  const hidden = await browser.readForm("/login", "password");
  const repeated = new FormData();
  for (const [name, value] of Object.entries(hidden)) repeated.append(name, value);
  for (const email of ["a@example.com", "b@example.com"]) repeated.append("email", email);
  repeated.append("password", "one");
  repeated.append("password", "two");
  const twice = await browser.http.post("/login", { multipart: repeated, maxRedirects: 0 });
  expect(leadsTo(twice)).toBe("/login");
  expect(await (await browser.http.get("/login")).text()).toContain("Enter your email address");

  expect(leadsTo(await browser.post("/login", hidden))).toBe("/login");
  for (const [what, status, type, body] of [
    [
      "bytes that are no UTF-8",
      400,
      formType["content-type"],
      Buffer.from([0x61, 0x3d, 0xff, 0xfe]),
    ],
    [
      "a form without its end",
      400,
      "multipart/form-data; boundary=x",
      Buffer.from("--x\r\nContent-Disp"),
    ],
    [
      "an action that is none",
      400,
      "multipart/form-data; boundary=x",
      Buffer.from(
        '--x\r\nContent-Disposition: form-data; name="$ACTION_ID_00"\r\n\r\n\r\n--x--\r\n',
      ),
    ],
  ] as const) {
    const answer = await browser.http.post("/login", {
      data: body,
      headers: { "content-type": type },
      maxRedirects: 0,
    });
    expect.soft(answer.status(), what).toBeLessThan(500);
    if (what !== "an action that is none") expect.soft(answer.status(), what).toBe(status);
  }
});

test("/mailbox is not there on a server that sends its mail", async ({ visitPlainly }) => {
  const { http } = await visitPlainly();
  for (const path of ["/mailbox", "/mailbox/", "/mailbox/abc", "/mailbox?to=a@example.com"]) {
    const answer = await http.get(path);
    expect.soft(answer.status(), path).toBe(404);
  }
});
