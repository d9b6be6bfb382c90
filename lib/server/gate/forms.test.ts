import { once } from "node:events";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type GateUnderTest, startGate, urlencoded } from "@/lib/testing/gate";

const limit = 64 * 1024;
const boundary = "----border";
const multipart = { "content-type": `multipart/form-data; boundary=${boundary}` };
const chunked = { ...urlencoded, "transfer-encoding": "chunked" };

let gate: GateUnderTest;
const received: { body: Buffer; contentType: string | undefined; length: string | undefined }[] =
  [];

beforeAll(async () => {
  gate = await startGate(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const { "content-type": contentType, "content-length": length } = req.headers;
    received.push({ body: Buffer.concat(chunks), contentType, length });
    res.end("done");
  });
});

afterAll(() => gate.stop());

beforeEach(() => {
  received.length = 0;
});

const field = (name: string, value: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const form = (...fields: string[]) => `${fields.join("")}--${boundary}--\r\n`;
const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

describe("a form reaches the app whole", () => {
  it("byte by byte, however it was cut into pieces", async () => {
    const value = fc.string({ unit: "grapheme", maxLength: 200 }).map(encodeURIComponent);
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 8 }), async (values) => {
        received.length = 0;
        const pieces = values
          .filter((text) => !text.includes("%00"))
          .map((text, index) => `${index === 0 ? "" : "&"}f${index}=${text}`);
        const body = `${pieces.map(chunk).join("")}0\r\n\r\n`;
        expect((await gate.send("POST", "/login", chunked, body)).status).toBe(200);
        expect(received[0]?.body.toString("utf8")).toBe(pieces.join(""));
        expect(received[0]?.length).toBe(String(Buffer.byteLength(pieces.join(""))));
      }),
      { numRuns: 50 },
    );
  });

  it("with its type in the case Next compares, the boundary untouched", async () => {
    const headers = { "content-type": "Multipart/Form-Data; boundary=----Border" };
    const body = form(field("email", "a@b")).replaceAll(boundary, "----Border");
    expect((await gate.send("POST", "/login", headers, body)).status).toBe(200);
    expect(received[0]?.contentType).toBe("multipart/form-data; boundary=----Border");
  });

  it("also where the client waits to be asked for it", async () => {
    const headers = { ...urlencoded, expect: "100-continue" };
    expect((await gate.send("POST", "/login", headers, "a=b")).status).toBe(100);
    expect(received[0]?.body.toString()).toBe("a=b");
  });
});

describe("a body is 64 KiB at most", () => {
  const exact = `a=${"b".repeat(limit - 2)}`;

  it("exactly that much is taken, with or without its length said before", async () => {
    expect((await gate.send("POST", "/login", urlencoded, exact)).status).toBe(200);
    const body = `${chunk(exact)}0\r\n\r\n`;
    expect((await gate.send("POST", "/login", chunked, body)).status).toBe(200);
  });

  it("one byte more is 413, and the app never sees it", async () => {
    expect((await gate.send("POST", "/login", urlencoded, `${exact}b`)).status).toBe(413);
    const body = `${chunk(`${exact}b`)}0\r\n\r\n`;
    expect((await gate.send("POST", "/login", chunked, body)).status).toBe(413);
    expect(received).toEqual([]);
  });

  it.each([
    ["announced", "content-length: 10000000\r\n\r\n"],
    ["unannounced", `transfer-encoding: chunked\r\n\r\n${chunk("a".repeat(limit + 1))}`],
  ])(
    "the answer comes while the %s rest is still on its way, and the connection closes",
    async (_, rest) => {
      const socket = await gate.open();
      const type = `content-type: ${urlencoded["content-type"]}`;
      socket.write(`POST /login HTTP/1.1\r\nhost: localhost\r\n${type}\r\n${rest}`);
      const [answer] = (await once(socket, "data")) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
      socket.end();
      await once(socket, "close");
    },
  );

  it("a client that sends it all nevertheless still gets to read the answer", async () => {
    const answer = await fetch(`http://127.0.0.1:${gate.port}/login`, {
      method: "POST",
      headers: urlencoded,
      body: "a".repeat(10_000_000),
    });
    expect(answer.status).toBe(413);
  });

  it("a client that waits to be asked is not asked", async () => {
    const headers = { ...urlencoded, expect: "100-continue", "content-length": "70000" };
    const socket = await gate.open();
    const lines = Object.entries({ host: "localhost", ...headers });
    socket.write(
      `POST /login HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`,
    );
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });
});

describe("a form that cannot be read is 400", () => {
  it.each<[string, Record<string, string>, string]>([
    ["not multipart at all", multipart, "garbage"],
    ["no part, no end", multipart, ""],
    ["cut off", multipart, `--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\nx`],
    ["a part without a name", multipart, form(`--${boundary}\r\n\r\nx\r\n`)],
    ["NUL in a field", multipart, form(field("name", "a\0b"))],
    ["NUL in a name", multipart, form(field("na\0me", "b"))],
    ["a stray percent sign", urlencoded, "a=%"],
    ["not UTF-8 when decoded", urlencoded, "a=%ff%fe"],
    ["NUL, encoded", urlencoded, "a=%00"],
    ["a chunk that is none", chunked, "zz\r\n"],
  ])("%s", async (_, headers, body) => {
    expect((await gate.send("POST", "/login", headers, body)).status).toBe(400);
    expect(received).toEqual([]);
  });

  const json = { "content-type": "application/json" };
  it.each(["", "{", "[]", "null", '"x"', '{"a":"\\u0000"}', '{"a":{"b":["\\u0000"]}}'])(
    "JSON to NextAuth: %j",
    async (body) => {
      const headers = { ...json, "content-length": String(body.length) };
      expect((await gate.send("POST", "/api/auth/callback/password", headers, body)).status).toBe(
        400,
      );
      expect(received).toEqual([]);
    },
  );

  it("bytes that are no UTF-8", async () => {
    const answer = await fetch(`http://127.0.0.1:${gate.port}/login`, {
      method: "POST",
      headers: urlencoded,
      body: new Uint8Array([97, 61, 0xff]),
    });
    expect(answer.status).toBe(400);
  });
});

describe("what is not a form is 415", () => {
  it.each<[string, string, Record<string, string>]>([
    ["text", "/login", { "content-type": "text/plain" }],
    ["JSON to a page", "/login", { "content-type": "application/json" }],
    ["multipart without a boundary", "/login", { "content-type": "multipart/form-data" }],
    ["an empty boundary", "/login", { "content-type": "multipart/form-data; boundary=" }],
    ["nothing said", "/login", {}],
    ["a compressed form", "/login", { ...urlencoded, "content-encoding": "gzip" }],
  ])("%s", async (_, path, headers) => {
    expect((await gate.send("POST", path, headers, "{}")).status).toBe(415);
    expect(received).toEqual([]);
  });

  it("JSON is for NextAuth's own routes", async () => {
    const json = { "content-type": "application/json; charset=utf-8" };
    expect((await gate.send("POST", "/api/auth/signout", json, '{"a":1}')).status).toBe(200);
  });
});

describe("a client that goes away", () => {
  it("in the middle of a form: the app never sees it, and the next request is answered", async () => {
    const socket = await gate.open();
    const type = `content-type: ${urlencoded["content-type"]}`;
    socket.write(
      `POST /login HTTP/1.1\r\nhost: localhost\r\n${type}\r\ncontent-length: 9\r\n\r\na=b`,
    );
    socket.end();
    await once(socket.resume(), "close");
    expect((await gate.send("GET", "/login")).status).toBe(200);
    expect(received).toHaveLength(1);
  });

  it("two forms on one connection are two forms", async () => {
    const one = (body: string, more: string) =>
      `POST /login HTTP/1.1\r\nhost: localhost\r\ncontent-type: ${urlencoded["content-type"]}\r\ncontent-length: ${body.length}\r\n${more}\r\n${body}`;
    await gate.sendRaw(one("a=1", "") + one("b=22", "connection: close\r\n"));
    expect(received.map(({ body }) => body.toString())).toEqual(["a=1", "b=22"]);
  });
});
