import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GateUnderTest, parseAnswer, startGate } from "@/lib/testing/gate";

let gate: GateUnderTest;

beforeAll(async () => {
  gate = await startGate(async (_, res) => void res.end("done"));
});
afterAll(() => gate.stop());

/** What is answered to a request whose body has begun and never ends. */
async function answerTo(line: string, headers: string[], body = "a") {
  const socket = await gate.open();
  socket.on("error", () => {});
  const lines = [`${line} HTTP/1.1`, "Host: localhost", ...headers, "", body];
  socket.write(lines.join("\r\n"));
  const [bytes] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return parseAnswer(bytes.toString());
}

const length = "Content-Length: 1000";
const chunked = "Transfer-Encoding: chunked";
const form = "Content-Type: application/x-www-form-urlencoded";

describe("a body that nobody reads holds no connection", () => {
  test.each<[string, string, string[], number]>([
    ["a foreign form", "POST /login", [form, length, "Origin: null"], 403],
    ["a method that is not served", "PUT /login", [form, length], 405],
    ["a form where none is served", "POST /help", [form, length], 405],
    ["what is no form", "POST /login", ["Content-Type: text/plain", length], 415],
    ["an address that cannot be read", "GET /%", [length], 400],
    ["a page", "GET /login", [length], 200],
    ["a page, in pieces", "GET /login", [chunked], 200],
    ["a page's head", "HEAD /login", [length], 200],
  ])("%s", async (_, line, headers, status) => {
    const answer = await answerTo(line, headers);
    expect([answer.status, answer.headers.connection]).toEqual([status, "close"]);
  });

  test("a request without one keeps its connection", async () => {
    const answer = await answerTo("GET /login", ["Content-Length: 0"], "");
    expect([answer.status, answer.headers.connection]).toEqual([200, "keep-alive"]);
  });
});
