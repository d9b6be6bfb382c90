import { spawnSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/**
 * When the process began, as an opaque string that differs for every later owner of the same pid;
 * undefined when no such process can be seen (a zombie counts as dead). A process of another
 * namespace cannot be seen, so this says nothing of what else works here: see kernel-lock.mjs.
 */
export function processStart(pid) {
  if (process.platform !== "linux") return startFromPs(pid);
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command in brackets and may hold spaces: count from its end (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    return `${machineId()} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

let machine;

/** The running kernel, as an opaque string: another machine, or this one started again, differs. */
export function machineId() {
  machine ??= bootId() ?? hostname();
  return machine;
}

/** The namespace in which this process has its pid; the same string for all where there is one. */
export function processSpace() {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

function bootId() {
  if (process.platform === "linux") {
    try {
      return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    } catch {
      return undefined;
    }
  }
  const { stdout } = spawnSync("sysctl", ["-n", "kern.bootsessionuuid"], { encoding: "utf8" });
  return stdout?.trim() || undefined;
}

function startFromPs(pid) {
  const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return stdout?.trim() || undefined;
}
