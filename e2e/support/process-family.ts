import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

function parentOf(pid: string): string | undefined {
  try {
    // proc(5): the name in brackets may hold anything; the parent is the second field after it.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1];
  } catch {
    return undefined;
  }
}

/** The embedded PostgreSQL of a data directory and its children, by process id. */
export function postgresProcesses(dataDir: string): number[] {
  const [server = ""] = readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split(
    "\n",
  );
  const children = readdirSync("/proc").filter(
    (pid) => /^\d+$/.test(pid) && parentOf(pid) === server,
  );
  return [server, ...children].map(Number);
}
