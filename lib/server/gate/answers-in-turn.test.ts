import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cookieName } from "@/lib/cookies/cookies";
import { sealSession } from "@/lib/secrets/session-token";
import { ANSWER_SHARES } from "@/lib/server/gate/answers-in-turn";
import { type GateUnderTest, startGate, urlencoded } from "@/lib/testing/gate";
import { expectLogged } from "@/lib/testing/logged";

// There is no database: nobody is signed in, whatever the cookie says.
vi.mock("@/lib/next-auth/session-cookie", async (original) => ({
  ...(await original<typeof import("@/lib/next-auth/session-cookie")>()),
  currentSession: async () => null,
}));

let gate: GateUnderTest | undefined;
beforeEach(() => void vi.stubEnv("AUTH_SECRET", "a-secret-of-this-test-alone-and-long-enough"));
afterEach(async () => {
  await gate?.stop();
  vi.unstubAllEnvs();
});

const from = (ip: string) => ({ "x-forwarded-for": ip });
const signedIn = (account: string) => ({
  cookie: `${cookieName("session")}=${sealSession({ sub: account, sid: crypto.randomUUID() })}`,
});

/** An app whose answers at /slow are under way until they are let go; each comes to `seen`. */
async function slowApp() {
  const seen: string[] = [];
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const answer = async (req: IncomingMessage, res: ServerResponse) => {
    seen.push(req.url ?? "");
    if (req.url?.startsWith("/slow")) await held;
    res.end("a page");
  };
  gate = await startGate(answer, { trustedProxies: ["127.0.0.1"] });
  const tabs = (count: number, headers: Record<string, string>) =>
    Array.from({ length: count }, () => gate?.send("GET", "/slow", headers));
  const until = (count: number) =>
    vi.waitFor(() => expect(seen.filter((url) => url === "/slow")).toHaveLength(count), 10_000);
  return { ...gate, seen, letGo, tabs, until };
}

test("answers of one account are made in turn, wherever it asks from, and those of others beside them", async () => {
  const { tabs, until, send, letGo, seen } = await slowApp();
  const opened = Array.from({ length: 20 }, (_, tab) =>
    tabs(1, { ...signedIn("greedy"), ...from(`198.51.100.${tab}`) }),
  ).flat();
  await until(ANSWER_SHARES.account);
  for (let round = 1; round <= 10; round += 1) {
    const other = { ...signedIn("other"), ...from("198.51.100.1") };
    expect((await send("GET", "/account", other)).status).toBe(200);
    expect((await send("GET", "/login", from("203.0.113.1"))).status).toBe(200);
    expect((await send("GET", "/api/health", signedIn("greedy"))).status).toBe(200);
    expect((await send("GET", "/_next/static/a.js", signedIn("greedy"))).status).toBe(200);
  }
  await until(ANSWER_SHARES.account);
  letGo();
  for (const { status } of (await Promise.all(opened)).filter((one) => one !== undefined))
    expect(status).toBe(200);
  expect(seen.filter((url) => url === "/slow")).toHaveLength(20);
});

test("a network has its share, and whoever asks for little is next there", async () => {
  const { tabs, until, send, letGo, seen } = await slowApp();
  const opened = tabs(30, from("198.51.100.7"));
  await until(ANSWER_SHARES.network);
  const colleague = send("GET", "/slow?colleague", { ...signedIn("c"), ...from("198.51.100.7") });
  expect((await send("GET", "/login", from("203.0.113.1"))).status).toBe(200);
  letGo();
  expect((await colleague).status).toBe(200);
  await Promise.all(opened);
  expect(seen).toHaveLength(32);
});

test("what waits in vain gets 503 with the words for it, a form too, and nothing was judged", async () => {
  expectLogged(/asks for more answers at once than its share/);
  const { tabs, until, send, letGo, seen } = await slowApp();
  const opened = tabs(ANSWER_SHARES.account, signedIn("greedy"));
  await until(ANSWER_SHARES.account);
  const form = { ...urlencoded, origin: "http://localhost:3000", host: "localhost:3000" };
  const refused = await Promise.all([
    send("GET", "/account", { ...signedIn("greedy"), accept: "text/html" }),
    send("POST", "/account", { ...signedIn("greedy"), ...form, accept: "text/html" }, "name=Ana"),
  ]);
  for (const { status, headers, body } of refused) {
    expect(status).toBe(503);
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    expect(body).toContain("Too much at once");
  }
  expect(seen).not.toContain("/account");
  letGo();
  await Promise.all(opened);
  const again = await send("POST", "/account", { ...signedIn("greedy"), ...form }, "name=Ana");
  expect(again.status).toBe(200);
});

test("of a page that nobody waits for any more nothing is made, and its turn is the next one's", async () => {
  const { tabs, until, letGo, seen, open } = await slowApp();
  const opened = tabs(ANSWER_SHARES.network, from("198.51.100.7"));
  await until(ANSWER_SHARES.network);
  const socket = await open();
  socket.write(
    "GET /left HTTP/1.1\r\nHost: localhost:3000\r\nX-Forwarded-For: 198.51.100.7\r\n\r\n",
  );
  const last = gate?.send("GET", "/last", from("198.51.100.7"));
  await gate?.send("GET", "/login", from("203.0.113.1"));
  socket.destroy();
  await gate?.send("GET", "/login", from("203.0.113.1"));
  letGo();
  await Promise.all([...opened, last]);
  expect(seen).toContain("/last");
  expect(seen).not.toContain("/left");
});
