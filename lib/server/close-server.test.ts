import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { closerOf } from "@/lib/server/close-server";

const agent = new Agent({ keepAlive: true, maxSockets: 4 });
const waiting: ServerResponse[] = [];
const server = createServer((req, res) => {
  if (req.url === "/slow") waiting.push(res);
  else res.end("at once");
});
let port = 0;
async function listen(): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
}
afterEach(() => agent.destroy());

function ask(path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get({ port, host: "127.0.0.1", path, agent }, (answer) =>
      answer.resume().once("end", () => resolve(answer)),
    ).once("error", reject);
  });
}

test("a server that closes finishes what is under way, says that the connection ends, and takes nothing new", async () => {
  const close = closerOf(server);
  await listen();
  expect((await ask("/")).headers.connection).toBe("keep-alive");
  const slow = [ask("/slow"), ask("/slow")];
  await expect.poll(() => waiting.length).toBe(2);
  const closed = close(new AbortController().signal);
  await expect.poll(() => server.listening).toBe(false);
  await expect(ask("/")).rejects.toThrow(/ECONNREFUSED|ECONNRESET|socket hang up/);
  for (const res of waiting) res.end("at last");
  for (const answer of slow)
    expect(await answer).toMatchObject({ statusCode: 200, headers: { connection: "close" } });
  await closed;
});

test("one that is hurried cuts what is under way", async () => {
  waiting.length = 0;
  const close = closerOf(server);
  await listen();
  const slow = ask("/slow").catch((error: Error) => error.message);
  await expect.poll(() => waiting.length).toBe(1);
  const hurry = new AbortController();
  const closed = close(hurry.signal);
  hurry.abort();
  expect(await slow).toMatch(/hang up|ECONNRESET/);
  await closed;
});

// Asks from another process, on 20 connections at once, when it is asked to; prints what became of
// them.
const caller = `
  process.stdin.once("data", async (port) => {
    const asked = Array.from({ length: 20 }, () =>
      fetch("http://127.0.0.1:" + port).then((answer) => answer.text(), (error) => String(error.cause)));
    console.log("asking");
    console.log(JSON.stringify(await Promise.all(asked)));
    process.exit();
  });
  console.log("ready");`;

test("connections that a busy process has not taken yet are answered before it closes", async () => {
  const close = closerOf(server);
  await listen();
  const child = spawn(process.execPath, ["-e", caller], { stdio: ["pipe", "pipe", "inherit"] });
  let printed = "";
  child.stdout.on("data", (text) => {
    printed += text;
  });
  await expect.poll(() => printed).toContain("ready");
  child.stdin.write(String(port));
  // Busy until the kernel has made their connections for us.
  const connections = () =>
    readFileSync("/proc/net/tcp", "utf8")
      .split("\n")
      .filter((line) => isTo(line, port)).length;
  while (connections() < 20);
  const closed = close(new AbortController().signal);
  await once(child, "close");
  expect(JSON.parse(printed.split("\n").at(-2) ?? "")).toEqual(Array(20).fill("at once"));
  await closed;
});

// An established connection (01) from this side's port.
const isTo = (line: string, to: number) =>
  line.includes(`:${to.toString(16).toUpperCase().padStart(4, "0")} `) &&
  line.trim().split(/\s+/)[3] === "01" &&
  line.trim().split(/\s+/)[1]?.endsWith(to.toString(16).toUpperCase().padStart(4, "0"));
