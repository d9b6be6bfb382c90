import { spawnSync } from "node:child_process";

const namespaces = ["--pid", "--ipc", "--fork", "--mount-proc", "--kill-child"];
const ways = [
  ["unshare", ...namespaces],
  ["unshare", "--map-current-user", ...namespaces],
];

/**
 * The words before a command that run it as another container would: in process and IPC namespaces of
 * its own. None where this system lets nobody make them; then it is but another process, and that is
 * said: such a run proves nothing about namespaces.
 *
 * @throws with CI=true, where nobody would read it
 */
export function inOtherNamespace(): string[] {
  const possible = ways.find(([program = "", ...args]) => {
    return spawnSync(program, [...args, "true"], { stdio: "ignore" }).status === 0;
  });
  if (possible !== undefined) return possible;
  const fault = "This system lets nobody make namespaces: nothing is shown about other containers.";
  if (process.env.CI === "true") throw new Error(fault);
  process.stderr.write(`${fault}\n`);
  return [];
}
