import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * When the process began, as an opaque string that differs for every later owner of the same pid;
 * undefined when no such process lives (a zombie counts as dead).
 */
export function processStart(pid) {
  if (process.platform !== "linux") return startFromPs(pid);
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command in brackets and may hold spaces: count from its end (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    return `${bootId()} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** Whether `pid` still is the process that `start` was read from. */
export function isSameProcess(pid, start) {
  return Number.isInteger(pid) && pid > 0 && start !== undefined && processStart(pid) === start;
}

function bootId() {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

function startFromPs(pid) {
  const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return stdout?.trim() || undefined;
}
