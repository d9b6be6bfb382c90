import { spawn } from "node:child_process";

/** Sends a signal to a process that was started with `detached`, and to all that it started itself. */
export function signalGroup(group, signal) {
  try {
    // Windows knows no groups.
    process.kill(process.platform === "win32" ? group : -group, signal);
  } catch {}
}

/**
 * Has a group ended when this process is gone, also by SIGKILL, which leaves us no word but closes what
 * a shell reads from. Returns what calls that off, for when the group has ended by itself.
 */
export function endWithUs(group) {
  if (process.platform === "win32" || group === undefined) return () => {};
  const shell = spawn("/bin/sh", ["-c", 'read -r _; kill -s TERM -- "-$1"', "sh", String(group)], {
    cwd: "/",
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  shell.on("error", () => {}).unref();
  shell.stdin.on("error", () => {}).unref();
  return () => shell.kill("SIGKILL");
}
