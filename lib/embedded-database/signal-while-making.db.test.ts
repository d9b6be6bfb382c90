import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { root } from "@/lib/machine/project.mjs";

let dataDir: string;
beforeEach(() => {
  dataDir = makeTestDirectory("portaria-signal-");
});
afterEach(() => removeTestDirectory(dataDir));

const tool = (path: string) => JSON.stringify(join(root, "lib", path));
const start = `
  import { quitOnSignal } from ${tool("machine/signals.mjs")};
  import { startEmbeddedDatabase } from ${tool("embedded-database/embedded-database.mjs")};
  quitOnSignal();
  const log = { info() {}, warn() {}, error() {} };
  await startEmbeddedDatabase({ dataDir: process.argv[1], log });
`;

// The processes that name our directory among the words of their command.
function processesOf(directory: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(directory);
      } catch {
        return false;
      }
    });
}

test.skipIf(process.platform !== "linux").each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s ends a start that makes the database, and what makes it",
  async (signal) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", start, dataDir]);
    const ended = new Promise((resolve) => child.once("close", resolve));
    const isMaking = () => readdirSync(dataDir).some((name) => name.endsWith(".password"));
    await expect.poll(isMaking, { interval: 5, timeout: 20_000 }).toBe(true);
    child.kill(signal);
    expect(await ended).toBe(signal === "SIGINT" ? 130 : 143);
    expect(existsSync(join(dataDir, "postgres"))).toBe(false);
    await expect.poll(() => processesOf(dataDir), { timeout: 20_000 }).toEqual([]);
  },
);
