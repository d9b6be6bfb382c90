import { spawn } from "node:child_process";
import { constants } from "node:os";
import { endWithUs, signalGroup } from "./process-group.mjs";

const preload = new URL("./loopback-only.mjs", import.meta.url).href;

/**
 * Runs a Node program of others in the foreground, as a server for this machine alone: it listens on
 * 127.0.0.1 whatever it asks for, and neither it nor what it starts outlives us, whichever signal ends us.
 * @param {string[]} args Node's own options, the program, and its arguments
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} its exit code; 128 and the signal's number where one ended it
 */
export function runLocally(args, options) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--import", preload, ...args], {
      ...options,
      stdio: ["ignore", "inherit", "inherit"],
      // A Ctrl-C is for us, and we pass it on to all of the group.
      detached: true,
    });
    const letGo = endWithUs(child.pid);
    let asked = false;
    const pass = (signal) => {
      // Who asks twice is not kept waiting by a program that does not listen.
      const passed = signal === "SIGINT" ? "SIGINT" : "SIGTERM";
      signalGroup(child.pid, asked ? "SIGKILL" : passed);
      asked = true;
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, pass);
    const end = (code) => {
      letGo();
      for (const signal of signals) process.off(signal, pass);
      resolve(code);
    };
    child.once("error", () => end(127));
    child.once("exit", (code, signal) => {
      signalGroup(child.pid, "SIGTERM");
      end(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}
