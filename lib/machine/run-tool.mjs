import { spawn } from "node:child_process";
import { locksToPassOn } from "./file-lock.mjs";
import { endWithUs, signalGroup } from "./process-group.mjs";
import { root } from "./project.mjs";

const running = new Set();

// A tool that we left behind would work on in the dark; its group holds what it started itself.
process.once("exit", () => {
  for (const child of running) signalGroup(child.pid, "SIGTERM");
});

/**
 * Runs a program in the project's directory, unless given another, and keeps what it prints.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, show?: boolean }} [options]
 *   env: instead of ours; show: print it too
 * @returns {Promise<{ code: number | null, output: string }>} code null: it was killed or not found
 */
export function runTool(program, args, { env = process.env, cwd = root, show = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe", ...locksToPassOn()],
      // A Ctrl-C is for us alone, and we signal the tool once.
      detached: true,
    });
    running.add(child);
    const letGo = endWithUs(child.pid);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        if (show) process.stdout.write(text);
      });
    }
    const end = (code, more = "") => {
      running.delete(child);
      letGo();
      resolve({ code, output: output + more });
    };
    child.once("error", (error) => end(null, error.message));
    child.once("close", (code) => end(code));
  });
}

/** Asks every tool that runs to end, as Ctrl-C would. */
export function interruptTools() {
  for (const child of running) child.kill("SIGINT");
}
