import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { withoutPostgresSettings } from "../machine/settings-names.mjs";

// The guard outlives us by the length of a shutdown: when its stdin closes for whatever reason
// (stop, crash, SIGKILL), PostgreSQL gets SIGINT, its "fast shutdown". `read` needs no child process.
// Descriptor 4 is the server's lock on its cluster, which each of its processes keeps open.
const guard = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
( while read -r line <&3; do :; done; kill -INT "$server" ) 2>/dev/null >/dev/null &
watcher=$!
exec 3<&- </dev/null
wait "$server"
status=$?
kill "$watcher" 2>/dev/null
wait "$watcher" 2>/dev/null
exit "$status"
`;

/**
 * Starts the server under its guard and waits until it takes connections.
 * Returns `{ exited, stop() }`, or `{ failure }` with what PostgreSQL said before it gave up.
 * @param {{ binaries: string, cluster: string, serverLock: number, logFile: string, port: number, durable: boolean, account?: { uid: number, gid: number } }} options
 */
export async function startServer(options) {
  const { binaries, cluster, serverLock, logFile, port, durable, account } = options;
  const output = openLog(logFile);
  const logStart = statSync(logFile).size;
  const child = spawn(
    "/bin/sh",
    [
      "-c",
      guard,
      "portaria-postgres",
      join(binaries, "bin", "postgres"),
      ...settings({ cluster, port, durable }),
    ],
    {
      ...account,
      cwd: "/",
      env: withoutPostgresSettings(process.env),
      detached: true,
      stdio: ["pipe", output, output, "ignore", serverLock],
    },
  );
  closeSync(output);
  child.stdin.on("error", () => {});
  const exited = new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `code ${code}`));
  });
  const server = {
    exited,
    async stop() {
      child.stdin.destroy();
      await exited;
    },
  };
  for (;;) {
    const ended = await Promise.race([exited.then(() => true), pause(20, false)]);
    if (ended) return { failure: readFileSync(logFile, "utf8").slice(logStart) || (await exited) };
    if (isReady(cluster)) return server;
  }
}

// The eighth line of postmaster.pid is the server's own word for its state (pidfile.h).
function isReady(cluster) {
  try {
    return readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")[7]?.trim() === "ready";
  } catch {
    return false;
  }
}

// Statements and details stay out of the log: they hold addresses and names of customers.
function settings({ cluster, port, durable }) {
  const values = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 200,
    timezone: "UTC",
    log_timezone: "UTC",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  const pairs = Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return ["-D", cluster, "-p", String(port), ...pairs];
}

function openLog(path) {
  const file = openSync(path, "a", 0o600);
  if (statSync(path).size > 1_000_000) truncateSync(path, 0);
  return file;
}
