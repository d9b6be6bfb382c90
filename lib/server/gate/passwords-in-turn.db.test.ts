import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { cookieName } from "@/lib/cookies/cookies";
import { db } from "@/lib/db/client";
import { seal } from "@/lib/secrets/secrets";
import { sealSession } from "@/lib/secrets/session-token";
import { PasswordLine } from "@/lib/server/gate/password-line";
import { PASSWORD_LINE } from "@/lib/server/gate/passwords-in-turn";
import { testDatabase } from "@/lib/testing/database";
import { type GateUnderTest, startGate, urlencoded } from "@/lib/testing/gate";
import { expectLogged, mayBeLogged } from "@/lib/testing/logged";
import { makeAccount } from "@/lib/testing/people";

testDatabase();

// Short enough to be filled: two at work, two waiting, four in all.
beforeAll(() => {
  Object.assign(PASSWORD_LINE, {
    atWork: { all: 2, network: 2 },
    waiting: { all: 4, unknown: 2, network: 3 },
    short: 2,
  });
});

let gate: GateUnderTest;
let letGo: () => void;
const judged: string[] = [];

const taking = vi.spyOn(PasswordLine.prototype, "take");
/** Waits until so many stand in the line. */
const until = (count: number) =>
  vi.waitFor(() => {
    const line = taking.mock.contexts.at(-1);
    expect(line && Reflect.get(line, "waiting")).toHaveLength(count);
  }, 20_000);

/** An app that judges no form until `letGo`, behind a gate with an empty line. */
async function open() {
  judged.length = 0;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const app = async (req: IncomingMessage, res: ServerResponse) => {
    judged.push(`${req.method} ${req.url}`);
    if (req.method === "POST") await held;
    res.end("judged");
  };
  gate = await startGate(app, { trustedProxies: ["127.0.0.1"], formsOnce: false });
}
beforeEach(open);
afterEach(async () => {
  letGo();
  await gate.stop();
});

let next = 0;
const newcomer = () => `198.51.100.${++next}`;
const typed = { email: "maria@example.com", password: "not to be seen" };

const post = (
  fields: Record<string, string> = typed,
  { ip = newcomer(), path = "/login", ...headers }: Record<string, string> = {},
) =>
  gate.send(
    "POST",
    path,
    {
      ...urlencoded,
      ...{ host: "localhost:3000", origin: "http://localhost:3000", "x-forwarded-for": ip },
      accept: "text/html",
      ...headers,
    },
    new URLSearchParams(fields).toString(),
  );
const posts = () => judged.filter((line) => line.startsWith("POST"));

/** Two that are judged, and two that wait. */
async function crowd() {
  const first = [post(), post()];
  await vi.waitFor(() => expect(posts()).toHaveLength(2), 20_000);
  const waiting = [post(), post()];
  await until(2);
  return [...first, ...waiting];
}

test("who finds no room gets the form back with 503: the e-mail in it, no password, and nothing counted", async () => {
  expectLogged(/More passwords come than this machine can look at/);
  const before = await crowd();
  const callbackUrl = '/account?"><script>x';
  const answer = await post({ ...typed, callbackUrl, pin: "123456", $ACTION_ID_ab: "" });
  expect(answer.status).toBe(503);
  expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
  expect(answer.headers["cache-control"]).toBe("no-store");
  expect(answer.body).toContain("Many people at once");
  expect(answer.body).toContain('name="email" type="email" autocomplete="username" value="maria@');
  expect(answer.body).toContain('type="password" autocomplete="current-password"');
  expect(answer.body).toContain('name="$ACTION_ID_ab"');
  expect(answer.body).toContain('value="/account?&#34;&#62;&#60;script&#62;x"');
  expect(answer.body).toContain('<form method="post" action="/login"');
  expect(answer.body).not.toMatch(/not to be seen|123456|<script/);
  expect(posts()).toHaveLength(2);
  expect(await db.rateWindow.count()).toBe(0);
  // Everything else is there for everybody.
  expect((await gate.send("GET", "/login")).body).toBe("judged");
  letGo();
  for (const one of await Promise.all(before)) expect(one.body).toBe("judged");
  expect((await post()).body).toBe("judged");
});

test("the page speaks the reader's language, and a program gets the words alone", async () => {
  mayBeLogged(/More passwords come/);
  await crowd();
  const said = async (headers: Record<string, string>) => (await post(typed, headers)).body;
  expect(await said({ "accept-language": "fr" })).toContain("Beaucoup de monde à la fois");
  expect(await said({ "accept-language": "pt" })).toContain("Muita gente ao mesmo tempo");
  expect(await said({ "accept-language": "es" })).toContain("Mucha gente a la vez");
  expect(await said({ accept: "*/*" })).toMatch(/^Many people at once\. [^<]+\n$/);
  const route = await post(typed, { path: "/api/auth/callback/password" });
  expect(route.status).toBe(503);
  expect(route.body).not.toContain("<form");
});

test("a new password is asked for as one, and a name comes back", async () => {
  mayBeLogged(/More passwords come/);
  await crowd();
  const { body } = await post({ name: "Ana & Zé", ...typed }, { path: "/signup" });
  expect(body).toContain('autocomplete="name" value="Ana &#38; Zé"');
  expect(body).toContain('autocomplete="new-password"');
});

test("who is known finds room where others do not: signed in, in a trusted browser, at anybody's place", async () => {
  mayBeLogged(/More passwords come/);
  const home = "203.0.113.9";
  await makeAccount({ trusted: [home] });
  const session = sealSession({ sub: crypto.randomUUID(), sid: crypto.randomUUID() });
  const browser = seal("trusted-browser", [{ id: crypto.randomUUID(), generation: 1 }]);
  const known = {
    place: { ip: home },
    session: { cookie: `${cookieName("session")}=${session}` },
    browser: { cookie: `${cookieName("trusted-browser")}=${browser}` },
  };
  for (const headers of Object.values(known)) {
    const before = await crowd();
    expect((await post()).status).toBe(503);
    const come = post(typed, headers);
    await until(3);
    letGo();
    expect((await come).status).toBe(200);
    await Promise.all(before);
    await gate.stop();
    await open();
  }
  // A cookie that was made up is none.
  await crowd();
  expect((await post(typed, { cookie: `${cookieName("trusted-browser")}=W10.x` })).status).toBe(
    503,
  );
});

test("forms without a password take no turn", async () => {
  await crowd();
  const others = [
    post({ email: typed.email }, { path: "/forgot-password" }),
    post({ email: typed.email, password: "" }),
    post(typed, { path: "/api/language" }),
  ];
  await vi.waitFor(() => expect(posts()).toHaveLength(5), 20_000);
  letGo();
  for (const { status } of await Promise.all(others)) expect(status).toBe(200);
});

test("a form whose sender has hung up while it waited is never judged", async () => {
  const home = "203.0.113.77";
  await makeAccount({ trusted: [home] });
  const before = await crowd();
  const socket = await gate.open();
  const body = new URLSearchParams(typed).toString();
  socket.write(
    `POST /login?left HTTP/1.1\r\nHost: localhost:3000\r\nOrigin: http://localhost:3000\r\nX-Forwarded-For: ${home}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  await until(3);
  socket.destroy();
  await until(2);
  letGo();
  await Promise.all(before);
  await post();
  expect(judged.filter((line) => line.includes("left"))).toEqual([]);
});
