import { spawn } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { root } from "@/lib/machine/project.mjs";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { freePort } from "@/lib/testing/free-port";
import { keepUnexpected } from "@/lib/testing/server-log";

/** An installation as `npm start` makes it, with a port and a data directory of its own. */
export type Installation = {
  url: string;
  dataDir: string;
  /** All it printed, banner and log. */
  logFile: string;
  /** The server's own process. */
  pid: number;
  /** Resolves with the exit code once the server has ended; null: by a signal. */
  ended: Promise<number | null>;
  /** Announces what it may warn of or fail with; anything else fails the run of the end-to-end tests. */
  mayLog(...patterns: RegExp[]): void;
  stop(): Promise<void>;
};

/**
 * Starts an installation with these settings and nothing of the environment's own; resolves with its
 * banner, and throws what it printed when it ends before that.
 * @param project another copy of the project than ours
 */
export async function startInstallation(
  name: string,
  settings: Record<string, string>,
  project = root,
): Promise<Installation> {
  const dataDir = makeTestDirectory(`portaria-${name}-`);
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [join(project, "scripts", "start.mjs"), "--until-stdin-ends"],
    {
      cwd: project,
      env: { ...withoutSettings(process.env), DATA_DIR: dataDir, PORT: String(port), ...settings },
      stdio: ["pipe", "pipe", "pipe"],
      // A Ctrl-C in the terminal is for the test run, which then stops us in its own order.
      detached: true,
    },
  );
  const logFile = join(dataDir, "server.log");
  writeFileSync(logFile, "");
  let printed = "";
  let isReady = false;
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        // At once: a test that has its answer looks for the lines about it.
        appendFileSync(logFile, chunk);
        if (isReady) return;
        printed += chunk;
        isReady = printed.includes("Stop with Ctrl-C");
        if (isReady) resolve();
      });
    ended.then(() => reject(new Error(`The server "${name}" did not start:\n${printed}`)));
  });
  // Nobody owns the domain that the tests send from, which a start says.
  const announced = [/EMAIL_FROM has the domain host\.example/];
  const stop = async () => {
    child.stdin.end();
    child.kill("SIGTERM");
    await ended;
    if (isReady) keepUnexpected(name, logFile, announced);
    await removeTestDirectory(dataDir);
  };
  try {
    await ready;
  } catch (error) {
    await stop();
    throw error;
  }
  const url = `http://127.0.0.1:${port}`;
  const mayLog = (...patterns: RegExp[]) => void announced.push(...patterns);
  return { url, dataDir, logFile, pid: child.pid ?? 0, ended, mayLog, stop };
}
