import { spawnSync } from "node:child_process";
import { closeSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { lockFile } from "../machine/kernel-lock.mjs";
import { OperatorError } from "../machine/operator-error.mjs";
import { processStart } from "../machine/process-identity.mjs";

const endingSeconds = 30;

/**
 * Takes a cluster for this process and the server it will run; `release()` gives it back. Two files
 * that each cluster has and nothing replaces carry the locks: `PG_VERSION` is ours alone, and every
 * process of the server holds `global/pg_control` too, so one that outlived its start, or that cannot
 * be seen from here, still has it. Throws an `OperatorError` where that one does not end.
 */
export async function claimCluster(cluster, log) {
  const owner = lockFile(join(cluster, "PG_VERSION"));
  if (owner === "taken")
    throw new OperatorError(
      `The database in ${cluster} is in use by another server, which reaches it by another DATA_DIR: stop that one, or give this start a DATA_DIR of its own.`,
    );
  try {
    const server = await lockForServer(cluster, log);
    return {
      serverLock: server.fd,
      release() {
        closeSync(server.fd);
        closeSync(owner.fd);
      },
    };
  } catch (error) {
    closeSync(owner.fd);
    throw error;
  }
}

// The guard of a start that was killed has asked its server to end by itself.
async function lockForServer(cluster, log) {
  const path = join(cluster, "global", "pg_control");
  for (let waited = 0; waited < endingSeconds * 10; waited++) {
    const lock = lockFile(path);
    if (lock !== "taken") return lock;
    if (waited === 0) log.info("A PostgreSQL of an earlier start still ends and is waited for.");
    if (waited > endingSeconds * 5) await stopLeftover(cluster, log);
    await pause(100);
  }
  throw new OperatorError(
    `A PostgreSQL that cannot be seen from here, in another container or process namespace, still runs on ${cluster}: stop it there, then start again.`,
  );
}

/**
 * Deals with what a killed start left in the cluster: stops a server that still runs there, and
 * removes the `postmaster.pid` of one that does not. Only for whoever claimed the cluster.
 */
export async function clearLeftover(cluster, log) {
  await stopLeftover(cluster, log);
  rmSync(pidFileOf(cluster), { force: true });
}

async function stopLeftover(cluster, log) {
  const pid = pidOf(cluster);
  if (pid === undefined || !runsIn(pid, cluster)) return;
  log.warn(`A PostgreSQL of an earlier start (process ${pid}) still runs here and is stopped.`);
  await stopServer(pid, cluster);
}

function pidOf(cluster) {
  try {
    return Number.parseInt(readFileSync(pidFileOf(cluster), "utf8"), 10);
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function pidFileOf(cluster) {
  return join(cluster, "postmaster.pid");
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
