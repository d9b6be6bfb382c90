import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { cookieName } from "@/lib/cookies/cookies";
import { db } from "@/lib/db/client";
import { seal } from "@/lib/secrets/secrets";
import { testDatabase } from "@/lib/testing/database";
import { newDraft } from "@/lib/testing/drafts";
import { type GateUnderTest, startGate } from "@/lib/testing/gate";
import { expectLogged } from "@/lib/testing/logged";
import { statementsOf } from "@/lib/testing/statements-of";

const databaseUrl = testDatabase();

let gate: GateUnderTest;
const judged: string[] = [];
let answer: (req: IncomingMessage, res: ServerResponse) => void;

/** What our actions do: a redirect that says which act it was. */
const redirect = (_: IncomingMessage, res: ServerResponse) =>
  res.writeHead(303, { Location: `/done?${judged.length}` }).end();

beforeAll(async () => {
  gate = await startGate(
    async (req, res) => {
      if (req.method !== "POST") return void res.end("a page");
      judged.push(await text(req));
      answer(req, res);
    },
    { formsOnce: true, trustedProxies: ["127.0.0.1"] },
  );
});

afterAll(() => gate.stop());

beforeEach(() => {
  judged.length = 0;
  answer = redirect;
});

async function visitOf(path = "/login"): Promise<string> {
  const { headers } = await gate.send("GET", path);
  return headers["set-cookie"]?.split(";", 1)[0] ?? "";
}

type Sent = {
  path?: string;
  ip?: string;
  cookie?: string;
  headers?: Record<string, string>;
  body?: FormData | URLSearchParams | string;
};

const fields = (text: string) => new URLSearchParams(text);

async function post(sent: Sent) {
  const { path = "/login", ip = "198.51.100.7", cookie = "", headers, body } = sent;
  const response = await fetch(`http://127.0.0.1:${gate.port}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: { "x-forwarded-for": ip, cookie, ...headers },
    body: body ?? new URLSearchParams({ email: "a@example.com", password: "one" }),
  });
  return {
    status: response.status,
    to: response.headers.get("location"),
    cookies: response.headers.getSetCookie(),
    body: Buffer.from(await response.arrayBuffer()),
  };
}

function multipart(fields: Record<string, string | Blob>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

const document = (size: number, last: number) => {
  const bytes = new Uint8Array(size).fill(7);
  bytes[size - 1] = last;
  return new File([bytes], "passport.pdf", { type: "application/pdf" });
};

/** The cookies of a browser that may send the form: a document needs a request it is for. */
async function cookiesFor({ path }: Sent): Promise<string> {
  const visit = await visitOf();
  if (path !== "/recover/documents") return visit;
  return `${visit}; ${cookieName("case")}=${seal("case", await newDraft())}`;
}

const json = { "content-type": "application/json" };
const uuid = "0b7e2c4e-50c6-4a53-8f0e-1c1f3b5a7d90";

describe("one act is", () => {
  it.each<[string, Sent, Sent?]>([
    ["the same form with another boundary", { body: multipart({ a: "1", b: "2" }) }],
    ["a form of fields alone", {}],
    ["a form of scripts", { path: "/api/auth/callback/password", headers: json, body: '{"a":1}' }],
    ["a path with an empty query", { path: "/login" }, { path: "/login?" }],
    ["another address of one IPv6 network", { ip: "2001:db8::1" }, { ip: "2001:db8::2:1" }],
    [
      "a document of 10 MiB",
      { path: "/recover/documents", body: multipart({ document: document(10 * 2 ** 20, 1) }) },
    ],
    ["a form without an address that is known", { ip: "unknown" }],
  ])("%s", async (_, first, second = {}) => {
    const cookie = await cookiesFor(first);
    const one = await post({ ...first, cookie });
    expect(one.status).toBe(303);
    expect(await post({ ...first, ...second, cookie })).toEqual(one);
    expect(judged).toHaveLength(1);
  });
});

describe("two acts are", () => {
  const file = (last: number) => ({
    path: "/recover/documents",
    body: multipart({ document: document(100_000, last) }),
  });
  it.each<[string, Sent, Sent]>([
    ["other words", { body: multipart({ a: "1" }) }, { body: multipart({ a: "2" }) }],
    ["one more field", { body: multipart({ a: "1" }) }, { body: multipart({ a: "1", b: "" }) }],
    [
      "another action of the same page",
      { body: multipart({ $ACTION_ID_a: "" }) },
      { body: multipart({ $ACTION_ID_b: "" }) },
    ],
    [
      "a line moved to the next field",
      { body: multipart({ a: "1\r\n", b: "2" }) },
      { body: multipart({ a: "1", b: "\r\n2" }) },
    ],
    ["a document that differs in a byte", file(1), file(2)],
    ["another path", { path: "/login" }, { path: "/signup" }],
    ["another query", { path: "/reset-password?token=a" }, { path: "/reset-password?token=b" }],
    ["another IP", { ip: "198.51.100.7" }, { ip: "198.51.100.8" }],
    ["another IPv6 network", { ip: "2001:db8::1" }, { ip: "2001:db8:0:1::1" }],
    [
      "the language chosen on another page",
      { headers: { referer: "http://localhost:3000/login" } },
      { headers: { referer: "http://localhost:3000/help" } },
    ],
  ])("%s", async (_, first, second) => {
    const cookie = await cookiesFor(first);
    await post({ ...first, cookie });
    await post({ ...second, cookie });
    expect(judged).toHaveLength(2);
  });

  it("another browser's", async () => {
    await post({ cookie: await visitOf() });
    await post({ cookie: await visitOf() });
    expect(judged).toHaveLength(2);
  });

  it("those of two browsers that show nothing", async () => {
    const answers = await Promise.all([post({}), post({}), post({})]);
    expect(judged).toHaveLength(3);
    expect(new Set(answers.flatMap(({ cookies }) => cookies)).size).toBe(3);
  });

  it.each(["session", "pending", "browser", "trusted-browser", "case"])(
    "those of a browser whose cookie %s has changed meanwhile, or is gone",
    async (purpose) => {
      const visit = await visitOf();
      const cookie = `${visit}; portaria.${purpose}=${uuid}.a`;
      await post({ cookie });
      await post({ cookie: `${visit}; portaria.${purpose}=${uuid}.b` });
      expect(judged).toHaveLength(2);
      await post({ cookie: visit });
      expect(judged).toHaveLength(3);
    },
  );

  it("those with another form between them", async () => {
    const cookie = await visitOf();
    const [on, off] = [multipart({ told: "on" }), multipart({})];
    for (const body of [on, off, on]) await post({ cookie, body });
    expect(judged).toHaveLength(3);
  });

  it("those more than ten seconds apart, counted from the first", async () => {
    const cookie = await visitOf();
    await post({ cookie });
    const age = (seconds: number) =>
      db.$executeRaw`UPDATE form_press SET pressed_at = pressed_at - make_interval(secs => ${seconds})`;
    await age(5);
    await post({ cookie });
    expect(judged).toHaveLength(1);
    await age(5);
    await post({ cookie });
    expect(judged).toHaveLength(2);
  });
});

describe("a page that was loaded after the answer", () => {
  const notice = "portaria.notice=said";
  const loaded = (moment: number) => multipart({ code: "271828", loaded: String(moment) });
  beforeEach(() => {
    answer = (_, res) => {
      const headers = { Location: `/done?${judged.length}`, "Set-Cookie": `${notice}; Path=/` };
      res.writeHead(303, headers).end();
    };
  });

  it("sends a new form, where the answer has come", async () => {
    const cookie = await visitOf();
    const first = await post({ cookie, body: loaded(Date.now() - 60_000) });
    const seen = `${cookie}; ${notice}`;
    const second = await post({ cookie: seen, body: loaded(Date.now()) });
    expect(second.to).not.toBe(first.to);
    expect(judged).toHaveLength(2);
  });

  it("sends the same form once more, where the answer was lost on a bad line", async () => {
    const cookie = await visitOf();
    const first = await post({ cookie, body: loaded(Date.now() - 60_000) });
    expect(await post({ cookie, body: loaded(Date.now()) })).toEqual(first);
  });

  it("is another than the page before the answer, whose button was pressed twice", async () => {
    const cookie = await visitOf();
    const page = Date.now() - 60_000;
    const first = await post({ cookie, body: loaded(page) });
    for (const cookies of [cookie, `${cookie}; ${notice}`]) {
      expect(await post({ cookie: cookies, body: loaded(page) })).toEqual(first);
    }
    expect(judged).toHaveLength(1);
  });

  it("is none, where a form does not say which page it is from", async () => {
    const cookie = await visitOf();
    const first = await post({ cookie, body: multipart({ code: "271828" }) });
    const again = { cookie: `${cookie}; ${notice}`, body: multipart({ code: "271828" }) };
    expect(await post(again)).toEqual(first);
  });
});

test("a page is loaded as often as it is asked for, and gives the cookie once", async () => {
  const first = await gate.send("GET", "/login");
  const cookie = first.headers["set-cookie"] ?? "";
  expect(cookie).toMatch(/^portaria\.visit=[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax$/);
  const again = await gate.send("GET", "/login", { cookie: cookie.split(";", 1)[0] ?? "" });
  expect(again.headers["set-cookie"]).toBeUndefined();
  for (const path of ["/_next/static/a.js", "/icon.svg", "/api/health"]) {
    expect((await gate.send("GET", path)).headers["set-cookie"], path).toBeUndefined();
  }
  const forged = await gate.send("GET", "/login", { cookie: "portaria.visit=x" });
  expect(forged.headers["set-cookie"]).toMatch(/^portaria\.visit=[\w-]{22};/);
});

describe("an answer that is not given again, for the next try may do better:", () => {
  it.each<[string, (res: ServerResponse) => void]>([
    ["400", (res) => res.writeHead(400).end("no")],
    ["404", (res) => res.writeHead(404, { "content-type": "text/html" }).end("none")],
    ["500", (res) => res.writeHead(500).end()],
    ["503", (res) => res.writeHead(503, { "retry-after": "5" }).end()],
    ["a page", (res) => res.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end()],
    ["a connection that ends", (res) => res.destroy()],
  ])("%s", async (_, give) => {
    const cookie = await visitOf();
    answer = (__, res) => give(res);
    const first = await post({ cookie }).catch(() => null);
    answer = redirect;
    expect((await post({ cookie })).status).toBe(303);
    expect(judged).toHaveLength(2);
    expect(first?.status).not.toBe(303);
  });

  it("a file too large to be kept, which comes whole", async () => {
    const cookie = await visitOf();
    const file = Buffer.alloc(5 * 2 ** 20, "abc");
    answer = (_, res) => {
      res.setHeader("content-type", "text/csv");
      for (let at = 0; at < file.length; at += 2 ** 19) res.write(file.subarray(at, at + 2 ** 19));
      res.end();
    };
    for (const _ of [1, 2]) expect(file.equals((await post({ cookie })).body)).toBe(true);
    expect(judged).toHaveLength(2);
  });
});

test("a page that waits until its pieces were taken comes whole, of any length", async () => {
  for (const pieces of [4, 60]) {
    answer = async (_, res) => {
      res.setHeader("content-type", "text/html");
      for (let piece = 0; piece < pieces; piece++) {
        if (!res.write(Buffer.alloc(40_000, "abc"))) await once(res, "drain");
      }
      res.end();
    };
    const { body } = await post({ cookie: await visitOf() });
    expect(body.length).toBe(pieces * 40_000);
  }
});

test("a file that a form makes is made once, and comes twice", async () => {
  const cookie = await visitOf();
  answer = (_, res) => {
    res.writeHead(200, { "content-type": "application/json", "content-disposition": "attachment" });
    res.write("{");
    res.end(`"made":${judged.length}}`);
  };
  const first = await post({ cookie });
  expect(first.body.toString()).toBe('{"made":1}');
  expect(await post({ cookie })).toEqual(first);
  expect(judged).toHaveLength(1);
});

test("a form pressed once costs two statements", async () => {
  const cookie = await visitOf();
  await post({ cookie, body: fields("a=1") });
  const { sent } = await statementsOf(() => post({ cookie, body: fields("a=2") }));
  expect(sent).toHaveLength(2);
});

test("what is kept cannot be read without AUTH_SECRET", async () => {
  const cookie = await visitOf();
  answer = (_, res) =>
    res.writeHead(303, { Location: "/in", "Set-Cookie": "portaria.session=secret" }).end();
  expect((await post({ cookie, body: fields("password=opensesame") })).to).toBe("/in");
  const rows = await db.formPress.findMany();
  const stored = rows.map((row) =>
    Buffer.concat([row.browser, row.form, row.answer ?? Buffer.of()]),
  );
  expect(stored.length).toBeGreaterThan(0);
  for (const word of ["secret", "opensesame", "/in", cookie.split("=")[1] ?? ""]) {
    expect(
      stored.some((bytes) => bytes.includes(word)),
      word,
    ).toBe(false);
  }
});

describe("where the database fails the gate alone, a form is judged", () => {
  it("at once, where it says so", async () => {
    expectLogged(/A form is judged without a look at the one before it/);
    const cookie = await visitOf();
    await db.$executeRaw`ALTER TABLE form_press RENAME TO away`;
    try {
      expect((await post({ cookie })).status).toBe(303);
      expect((await post({ cookie })).status).toBe(303);
      expect(judged).toHaveLength(2);
    } finally {
      await db.$executeRaw`ALTER TABLE away RENAME TO form_press`;
    }
  });

  it("after a moment, where it does not answer; and nothing is left that others wait for", async () => {
    expectLogged(/A form is judged without a look at the one before it/);
    const cookie = await visitOf();
    const holder = new Client({ connectionString: databaseUrl() });
    await holder.connect();
    await holder.query("BEGIN");
    await holder.query("LOCK TABLE form_press IN ACCESS EXCLUSIVE MODE");
    expect((await post({ cookie })).status).toBe(303);
    await holder.query("ROLLBACK");
    await holder.end();
    await expect.poll(() => db.formPress.count({ where: { answer: null } })).toBe(0);
    expect((await post({ cookie })).status).toBe(303);
    expect(judged).toHaveLength(2);
    // For some seconds no form waits for such a database; then all is as before.
    const pressTwice = async () => [await post({ cookie }), await post({ cookie })];
    const isOne = async () => new Set((await pressTwice()).map(({ to }) => to)).size === 1;
    await expect.poll(isOne, { timeout: 12_000 }).toBe(true);
  });

  it("and an answer that cannot be kept comes all the same", async () => {
    expectLogged(/A form's answer is not kept/);
    const cookie = await visitOf();
    answer = async (req, res) => {
      await db.$executeRaw`ALTER TABLE form_press RENAME TO away`;
      redirect(req, res);
    };
    try {
      expect((await post({ cookie })).status).toBe(303);
    } finally {
      await db.$executeRaw`ALTER TABLE away RENAME TO form_press`;
    }
  });
});
