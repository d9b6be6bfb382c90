import { spawn } from "node:child_process";

/**
 * Runs one of PostgreSQL's programs to its end while signals are heard; when this process ends before
 * it, it is ended too.
 * @param {string} program
 * @param {string[]} args
 * @param {{ uid?: number, gid?: number, cwd: string, env: NodeJS.ProcessEnv, input?: string }} options
 *   input: what it reads; nothing by default
 * @returns {Promise<{ status: number | null, stderr: string, error?: Error }>} status null: killed, or not
 *   started, and then with the error
 */
export function runProgram(program, args, { input = "", ...options }) {
  return new Promise((resolve) => {
    // A group of its own: a Ctrl-C is for us, and what it starts itself ends with it.
    const child = spawn(program, args, {
      ...options,
      detached: true,
      stdio: ["pipe", "ignore", "pipe"],
    });
    const endToo = () => {
      try {
        process.kill(-child.pid, "SIGTERM");
      } catch {}
    };
    process.once("exit", endToo);
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
    });
    child.stdin.on("error", () => {}).end(input);
    const end = (status, error) => {
      process.off("exit", endToo);
      resolve({ status, stderr, error });
    };
    child.once("error", (error) => end(null, error));
    child.once("close", (status) => end(status));
  });
}
