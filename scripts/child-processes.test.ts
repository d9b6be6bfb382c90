import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "@/lib/machine/project.mjs";
import { freePort } from "@/lib/testing/free-port";

const isLinux = process.platform === "linux";
const tool = (path: string) => JSON.stringify(join(root, "lib", path));
const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"] as const;

// A stand-in with a child of its own, which ends when it is ended alone.
const server = (port: number | string) => `
  const { spawn } = require("node:child_process");
  const net = require("node:net");
  process.on("SIGHUP", () => {});
  spawn(process.execPath, ["-e", "setInterval(() => {}, 1000) // mark ${port}"], { stdio: ["pipe", "ignore", "ignore"] });
  net.createServer().listen(${port}, () => console.log("listens")); // mark ${port}`;

// As npm ci and next build are run, and as react-email's preview is.
const ways = [
  {
    way: "a tool that is waited for",
    code: (port: number) => `
      import { runTool } from ${tool("machine/run-tool.mjs")};
      import { quitOnSignal } from ${tool("machine/signals.mjs")};
      quitOnSignal();
      await runTool(process.execPath, ["-e", process.argv[1]], { show: true }); // ${port}`,
  },
  {
    way: "a server in the foreground",
    code: (port: number) => `
      import { runLocally } from ${tool("machine/run-locally.mjs")};
      process.exit(await runLocally(["-e", process.argv[1]], { cwd: "/", env: process.env })); // ${port}`,
  },
];

function processesWith(words: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(words);
      } catch {
        return false;
      }
    });
}

function startAs(code: string, words: string[]): { child: ChildProcess; ended: Promise<unknown> } {
  const child = spawn(process.execPath, ["--input-type=module", "-e", code, ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return { child, ended: new Promise((resolve) => child.once("exit", resolve)) };
}

async function said(child: ChildProcess, words: string): Promise<void> {
  let text = "";
  await new Promise<void>((resolve) => {
    child.stdout?.on("data", (chunk) => {
      text += chunk;
      if (text.includes(words)) resolve();
    });
  });
}

test.skipIf(!isLinux).each(ways.flatMap((way) => signals.map((signal) => ({ ...way, signal }))))(
  "$way does not outlive the command that $signal ends, nor does what it started",
  async ({ code, signal }) => {
    const port = await freePort();
    const { child, ended } = startAs(code(port), [server(port)]);
    await said(child, "listens");
    expect(processesWith(`mark ${port}`).length).toBeGreaterThan(1);
    child.kill(signal);
    await ended;
    await expect.poll(() => processesWith(`mark ${port}`), { timeout: 20_000 }).toEqual([]);
  },
);

test("a command ends with a server that ends by itself, and with its code", async () => {
  const { ended } = startAs(ways[1]?.code(0) ?? "", ["process.exit(7)"]);
  expect(await ended).toBe(7);
  const killed = startAs(ways[1]?.code(0) ?? "", ["process.kill(process.pid, 'SIGKILL')"]);
  expect(await killed.ended).toBe(137);
});

function reaches(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new Socket();
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.connect(port, host);
    socket.once("connect", () => socket.destroy());
  });
}

test.each([
  "PORT",
  "'PORT'",
  "PORT, '0.0.0.0'",
  "PORT, '::'",
  "PORT, 5",
  "{ port: PORT }",
  "{ port: PORT, host: '0.0.0.0' }",
])("a server that asks for listen(%s) listens on 127.0.0.1 alone", async (asked) => {
  const port = await freePort();
  const listening = `const server = require("node:net").createServer();
    server.listen(${asked.replace("PORT", String(port))});
    server.once("listening", () => console.log("at " + server.address().address + " "));`;
  const { child, ended } = startAs(ways[1]?.code(port) ?? "", [listening]);
  await said(child, "at 127.0.0.1 ");
  expect([await reaches("127.0.0.1", port), await reaches("127.0.0.2", port)]).toEqual([
    true,
    false,
  ]);
  child.kill("SIGTERM");
  await ended;
});

// It is fetched when first asked for, which no test does.
const isFetched = existsSync(join(root, ".build", "email-preview", "complete"));

test.skipIf(!isLinux || !isFetched).each(signals)(
  "react-email's preview listens on 127.0.0.1 alone and ends with %s",
  async (signal) => {
    const port = await freePort();
    const child = spawn(
      process.execPath,
      [join(root, "scripts", "email.mjs"), "--port", String(port)],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const ended = new Promise((resolve) => child.once("exit", resolve));
    await said(child, "Running preview");
    await expect.poll(() => reaches("127.0.0.1", port)).toBe(true);
    expect(await reaches("127.0.0.2", port)).toBe(false);
    child.kill(signal);
    await ended;
    await expect.poll(() => processesWith(`--port\0${port}`), { timeout: 20_000 }).toEqual([]);
  },
);
