import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { OperatorError } from "../operator-error.mjs";
import { processStart } from "../process-identity.mjs";

/**
 * Deals with what a killed start left in the cluster: stops a server that still runs there, and
 * removes the `postmaster.pid` of one that does not. Only for the holder of the directory's lock.
 */
export async function clearLeftover(cluster, log) {
  const pidFile = join(cluster, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number.parseInt(readFileSync(pidFile, "utf8"), 10);
  if (runsIn(pid, cluster)) {
    log.warn(`A PostgreSQL of an earlier start (process ${pid}) still runs here and is stopped.`);
    await stopServer(pid, cluster);
  }
  rmSync(pidFile, { force: true });
}

// SIGINT ends sessions and writes a checkpoint; SIGQUIT ends at once and recovers at the next start.
async function stopServer(pid, cluster) {
  for (const [signal, seconds] of [
    ["SIGINT", 15],
    ["SIGQUIT", 5],
    ["SIGKILL", 5],
  ]) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (error.code === "ESRCH") return;
      throw new OperatorError(
        `A PostgreSQL (process ${pid}) still runs on ${cluster} and may not be stopped by this user: stop it, then start again.`,
      );
    }
    for (let waited = 0; waited < seconds * 20; waited++) {
      if (!runsIn(pid, cluster)) return;
      await pause(50);
    }
  }
  throw new OperatorError(
    `A PostgreSQL (process ${pid}) on ${cluster} does not end: stop it, then start again.`,
  );
}

// PostgreSQL works inside its data directory, so a process of another one that got the pid differs.
function runsIn(pid, cluster) {
  if (!(pid > 0) || processStart(pid) === undefined) return false;
  if (process.platform === "linux") {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === cluster;
    } catch {
      return false;
    }
  }
  const { stdout } = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  return Boolean(stdout?.includes(cluster));
}
