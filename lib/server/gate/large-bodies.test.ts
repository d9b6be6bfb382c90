import { once } from "node:events";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { log } from "@/lib/log";
import {
  bodyLimit,
  collectBody,
  LARGE_BODIES_AT_ONCE,
  LARGE_BODIES_OF_ONE_CLIENT,
  takePlace,
} from "@/lib/server/gate/body";
import { type GateUnderTest, startGate, urlencoded } from "@/lib/server/gate/testing";

const path = "/recover/documents";
const megabytes = (count: number) => "b".repeat(count * 1024 * 1024);

let gate: GateUnderTest;
const received: number[] = [];

beforeAll(async () => {
  log.level = "silent";
  gate = await startGate(async (req, res) => {
    let length = 0;
    for await (const chunk of req) length += (chunk as Buffer).length;
    received.push(length);
    res.end("done");
  });
});

afterAll(() => gate.stop());

test("a document of 10 MB gets through where documents are taken, and nowhere else", async () => {
  const body = `a=${megabytes(10)}`;
  expect((await gate.send("POST", path, urlencoded, body)).status).toBe(200);
  expect(received).toEqual([body.length]);
  for (const other of ["/recover", "/recover/status", "/recover/documentsx", "/login"]) {
    expect((await gate.send("POST", other, urlencoded, body)).status).toBe(413);
  }
});

test("a larger one is 413, announced or not, and the app never sees it", async () => {
  received.length = 0;
  const length = { ...urlencoded, "content-length": String(1024 ** 3) };
  expect((await gate.send("POST", path, length, "a=")).status).toBe(413);
  const chunk = `${(11 * 1024 * 1024).toString(16)}\r\n${megabytes(11)}\r\n0\r\n\r\n`;
  const chunked = { ...urlencoded, "transfer-encoding": "chunked" };
  expect((await gate.send("POST", path, chunked, chunk)).status).toBe(413);
  expect(received).toEqual([]);
});

test("as many are held in memory at once as there are places; one more is asked to come back", async () => {
  const places = Array.from({ length: LARGE_BODIES_AT_ONCE }, (_, index) =>
    takePlace(bodyLimit(path), `203.0.113.${index}`),
  );
  expect(places).not.toContain(null);
  const refused = await gate.send("POST", path, urlencoded, "a=b");
  expect([refused.status, refused.headers["retry-after"]]).toEqual([503, "10"]);
  expect((await gate.send("POST", "/login", urlencoded, "a=b")).status).toBe(200);
  for (const giveBack of places) giveBack?.();
  expect((await gate.send("POST", path, urlencoded, "a=b")).status).toBe(200);
});

test("nobody takes all places: one client has a few, and others have theirs", async () => {
  const client = "127.0.0.1";
  const places = Array.from({ length: LARGE_BODIES_OF_ONE_CLIENT }, () =>
    takePlace(bodyLimit(path), client),
  );
  expect(places).not.toContain(null);
  expect((await gate.send("POST", path, urlencoded, "a=b")).status).toBe(503);
  expect(takePlace(bodyLimit(path), client)).toBeNull();
  const other = takePlace(bodyLimit(path), "203.0.113.9");
  expect(other).not.toBeNull();
  for (const giveBack of [...places, other]) giveBack?.();
  expect((await gate.send("POST", path, urlencoded, "a=b")).status).toBe(200);
});

test("a place is given back by a request that is broken off, too", async () => {
  for (let time = 0; time <= LARGE_BODIES_AT_ONCE; time += 1) {
    const socket = await gate.open();
    socket.on("error", () => {});
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: localhost:${gate.port}\r\nContent-Length: 9\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\na=`,
    );
    socket.destroy();
    await once(socket, "close");
  }
  await vi.waitFor(async () => {
    expect((await gate.send("POST", path, urlencoded, "a=b")).status).toBe(200);
  });
});

test("a body that comes too slowly is given up at its path's own deadline", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const { IncomingMessage } = await import("node:http");
    const { Socket } = await import("node:net");
    for (const slow of ["/login", path]) {
      const req = new IncomingMessage(new Socket());
      const collected = collectBody(req, bodyLimit(slow));
      let outcome: string | null = null;
      collected.then((one) => {
        outcome = one.outcome;
      });
      await vi.advanceTimersByTimeAsync(bodyLimit(slow).seconds * 1_000 - 1);
      expect(outcome).toBeNull();
      await vi.advanceTimersByTimeAsync(1);
      expect(outcome).toBe("too-slow");
    }
    expect(bodyLimit("/login").seconds).toBe(60);
    expect(bodyLimit(path).seconds).toBe(600);
  } finally {
    vi.useRealTimers();
  }
});
