import { once } from "node:events";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { cookieName } from "@/lib/cookies/cookies";
import { db } from "@/lib/db/client";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { seal } from "@/lib/secrets/secrets";
import { sealSession } from "@/lib/secrets/session-token";
import {
  bodyLimit,
  collectBody,
  LARGE_BODIES_AT_ONCE,
  LARGE_BODIES_OF_ONE_NETWORK,
  takeSlot,
} from "@/lib/server/gate/body";
import { makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { caseNow, newDraft } from "@/lib/testing/drafts";
import { type GateUnderTest, startGate, urlencoded } from "@/lib/testing/gate";
import { proveFactor } from "@/lib/testing/staff";

testDatabase();

const path = "/recover/documents";
const megabytes = (count: number) => "b".repeat(count * 1024 * 1024);

let gate: GateUnderTest;
let draft: string;
let withDraft: Record<string, string>;
const received: number[] = [];

const cookieOf = (id: string) => `${cookieName("case")}=${seal("case", id)}`;

beforeAll(async () => {
  draft = await newDraft();
  withDraft = { ...urlencoded, cookie: cookieOf(draft) };
  gate = await startGate(async (req, res) => {
    let length = 0;
    for await (const chunk of req) length += (chunk as Buffer).length;
    received.push(length);
    res.end("done");
  });
});

afterAll(() => gate.stop());
beforeEach(() => {
  received.length = 0;
});

test("a document of 10 MB gets through where documents are taken, and nowhere else", async () => {
  const body = `a=${megabytes(10)}`;
  expect((await gate.send("POST", path, withDraft, body)).status).toBe(200);
  expect(received).toEqual([body.length]);
  for (const other of ["/recover", "/recover/status", "/recover/documentsx", "/login"]) {
    expect((await gate.send("POST", other, withDraft, body)).status).toBe(413);
  }
});

test("a larger one is 413, announced or not, and the app never sees it", async () => {
  const length = { ...withDraft, "content-length": String(1024 ** 3) };
  expect((await gate.send("POST", path, length, "a=")).status).toBe(413);
  const chunk = `${(11 * 1024 * 1024).toString(16)}\r\n${megabytes(11)}\r\n0\r\n\r\n`;
  const chunked = { ...withDraft, "transfer-encoding": "chunked" };
  expect((await gate.send("POST", path, chunked, chunk)).status).toBe(413);
  expect(received).toEqual([]);
});

test("a mail's source of 256 KiB gets through from anybody, and a larger body is said to be too large", async () => {
  const body = `source=${"b".repeat(256 * 1024)}`;
  expect((await gate.send("POST", "/help/was-it-us", urlencoded, body)).status).toBe(200);
  expect(received).toEqual([body.length]);
  const large = await gate.send("POST", "/help/was-it-us", urlencoded, `a=${megabytes(1)}`);
  expect([large.status, large.body]).toEqual([413, expect.stringContaining("256 KiB")]);
  expect((await gate.send("POST", "/help/login-code", urlencoded, body)).status).toBe(413);
});

describe("a large document is read only from who may send it", () => {
  const body = `a=${megabytes(1)}`;

  test.each<[string, () => Promise<Record<string, string>>]>([
    ["no cookie", async () => ({})],
    ["a cookie that was not made here", async () => ({ cookie: `${cookieName("case")}=x.y` })],
    [
      "another purpose's cookie",
      async () => ({ cookie: `portaria.case=${seal("notice", draft)}` }),
    ],
    ["a draft that does not exist", async () => ({ cookie: cookieOf(crypto.randomUUID()) })],
    [
      "a draft that lapsed",
      async () => {
        const id = await newDraft();
        await db.recoveryCase.update({ where: { id }, data: { expiresAt: new Date() } });
        return { cookie: cookieOf(id) };
      },
    ],
    ["a token that leads nowhere", async () => ({ referer: "http://x/recover/status?token=x" })],
  ])("%s: led to the page that says so, and takes no slot", async (_, headers) => {
    const slots = Array.from({ length: LARGE_BODIES_AT_ONCE }, (_, index) =>
      takeSlot(bodyLimit(path), `203.0.113.${index}`),
    );
    const sent = { ...urlencoded, ...(await headers()) };
    const answer = await gate.send("POST", path, sent, body);
    for (const giveBack of slots) giveBack?.();
    expect([answer.status, answer.headers.location]).toEqual([303, "/recover"]);
    expect(answer.headers["set-cookie"]).toContain(`${cookieName("notice")}=`);
    expect(received).toEqual([]);
    // A small one is the app's to answer, which says the same.
    expect((await gate.send("POST", path, sent, "a=b")).status).toBe(200);
  });

  test("the page of a sent request: by the form's address, or by the page it stands on", async () => {
    const id = await newDraft();
    await db.recoveryCase.update({ where: { id }, data: { state: "open", sentAt: new Date() } });
    const token = encodeURIComponent(linkTokenOf("case", await caseNow(id)) ?? "");
    const referer = `http://localhost/recover/status?token=${token}`;
    expect((await gate.send("POST", `${path}?token=${token}`, urlencoded, body)).status).toBe(200);
    expect((await gate.send("POST", path, { ...urlencoded, referer }, body)).status).toBe(200);
    expect(received).toEqual([body.length, body.length]);
  });
});

test("as many are held in memory at once as there are slots; one more is asked to come back", async () => {
  const slots = Array.from({ length: LARGE_BODIES_AT_ONCE }, (_, index) =>
    takeSlot(bodyLimit(path), `203.0.113.${index}`),
  );
  expect(slots).not.toContain(null);
  const refused = await gate.send("POST", path, withDraft, "a=b");
  expect([refused.status, refused.headers["retry-after"]]).toEqual([503, "10"]);
  expect((await gate.send("POST", "/login", urlencoded, "a=b")).status).toBe(200);
  for (const giveBack of slots) giveBack?.();
  expect((await gate.send("POST", path, withDraft, "a=b")).status).toBe(200);
});

test.each([
  ["one IPv4 address", () => "127.0.0.1"],
  ["one IPv6 /64", (index: number) => `2001:db8:1:2::${index + 1}`],
  ["one IPv4 address, mapped", (index: number) => (index % 2 ? "192.0.2.1" : "::ffff:192.0.2.1")],
  ["nobody knows where from", () => null],
])("nobody takes all slots: %s has a few, and others have theirs", (_, client) => {
  const limit = bodyLimit(path);
  const slots = Array.from({ length: LARGE_BODIES_OF_ONE_NETWORK }, (_, index) =>
    takeSlot(limit, client(index)),
  );
  expect(slots).not.toContain(null);
  expect(takeSlot(limit, client(77))).toBeNull();
  const others = ["203.0.113.9", "2001:db8:1:3::1"].map((other) => takeSlot(limit, other));
  expect(others).not.toContain(null);
  for (const giveBack of [...slots, ...others]) giveBack?.();
});

test("a slot is given back by a request that is broken off, too", async () => {
  for (let time = 0; time <= LARGE_BODIES_AT_ONCE; time += 1) {
    const socket = await gate.open();
    socket.on("error", () => {});
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: localhost:${gate.port}\r\nCookie: ${withDraft.cookie}\r\nContent-Length: 9\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\na=`,
    );
    socket.destroy();
    await once(socket, "close");
  }
  await vi.waitFor(async () => {
    expect((await gate.send("POST", path, withDraft, "a=b")).status).toBe(200);
  }, 20_000);
});

test("a client that waits to be asked is asked only where its body will be read", async () => {
  const ask = async (cookie: string) => {
    const socket = await gate.open();
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\nExpect: 100-continue\r\nContent-Length: 70000\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n`,
    );
    const [answer] = (await once(socket, "data")) as [Buffer];
    socket.destroy();
    return answer.toString().slice(9, 12);
  };
  expect(await ask("a=b")).toBe("303");
  expect(await ask(withDraft.cookie ?? "")).toBe("100");
});

describe("a body that comes too slowly is given up", () => {
  const receive = (asked: string) => {
    const req = new IncomingMessage(new Socket());
    const seen: { outcome: string | null } = { outcome: null };
    collectBody(req, bodyLimit(asked)).then(({ outcome }) => {
      seen.outcome = outcome;
    });
    return { req, seen };
  };
  const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"],
    });
    return () => vi.useRealTimers();
  });

  test.each(["/login", path])("%s: after 30 seconds with less than 1 KiB a second", async (to) => {
    const { req, seen } = receive(to);
    req.push(Buffer.alloc(30 * 1024 - 1));
    await pass(29_999);
    expect(seen.outcome).toBeNull();
    await pass(1);
    expect(seen.outcome).toBe("too-slow");
  });

  test.each(["/login", path])("%s: in any 30 seconds, not the first alone", async (to) => {
    const { req, seen } = receive(to);
    for (let second = 0; second < 30; second += 1) {
      req.push(Buffer.alloc(1024));
      await pass(1_000);
    }
    expect(seen.outcome).toBeNull();
    req.push(Buffer.alloc(10_000));
    await pass(25_000);
    // 5 seconds of a KiB each and what came in between are still within the last 30.
    expect(seen.outcome).toBe("too-slow");
  });

  test("one that keeps the pace is read until its path's own deadline", async () => {
    for (const [to, seconds] of [
      ["/login", 60],
      [path, 600],
    ] as const) {
      const { req, seen } = receive(to);
      for (let second = 0; second < seconds; second += 1) {
        expect(seen.outcome).toBeNull();
        req.push(Buffer.alloc(1_025));
        await pass(1_000);
      }
      expect(seen.outcome).toBe("too-slow");
    }
  });
});

test.each([
  { role: "marketing", status: 200 },
  { role: "support", status: 200 },
  { role: "customer", status: 413 },
  { role: null, status: 413 },
])("a large file of texts of mails comes from the staff alone: $role", async ({ role, status }) => {
  const body = `a=${megabytes(1)}`;
  const headers: Record<string, string> = { ...urlencoded };
  if (role !== null) {
    const { accountId, id } = (await makeActor()).session;
    await db.account.update({ where: { id: accountId }, data: { role } });
    if (role !== "customer") await proveFactor(accountId, id);
    headers.cookie = `${cookieName("session")}=${sealSession({ sub: accountId, sid: id })}`;
  }
  expect((await gate.send("POST", "/templates/transfer", headers, body)).status).toBe(status);
  expect((await gate.send("POST", "/templates/transfer", headers, "a=")).status).toBe(200);
});
