import { existsSync, readdirSync, readFileSync } from "node:fs";

// What /proc counts in, whatever the kernel's own clock: a hundredth of a second.
const TICKS = 100;

/** Whether this system shows what its processes use: Linux does, macOS does not. */
export const hasProcesses = existsSync("/proc/self/stat");

type Seen = { parent: number; seconds: number };

// Children that ended are counted with whoever waited for them.
function look(pid: number): Seen | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { parent: Number(fields[1]), seconds: ticks / TICKS };
  } catch {
    return null;
  }
}

/** These processes and all that descend from them, each once. */
function treeOf(roots: readonly number[]): Map<number, Seen> {
  const all = new Map<number, Seen>();
  for (const name of readdirSync("/proc")) {
    const seen = /^\d+$/.test(name) ? look(Number(name)) : null;
    if (seen !== null) all.set(Number(name), seen);
  }
  const tree = new Map<number, Seen>();
  const open = [...roots];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    const seen = all.get(pid);
    if (seen === undefined || tree.has(pid)) continue;
    tree.set(pid, seen);
    for (const [child, { parent }] of all) if (parent === pid) open.push(child);
  }
  return tree;
}

/** Seconds of a core that these processes and their descendants have used; NaN without /proc. */
export function cpuSeconds(...roots: number[]): number {
  if (!hasProcesses) return Number.NaN;
  return [...treeOf(roots).values()].reduce((sum, { seconds }) => sum + seconds, 0);
}

/** Memory that these processes and their descendants hold, in MiB; NaN without /proc. */
export function residentMiB(...roots: number[]): number {
  if (!hasProcesses) return Number.NaN;
  return [...treeOf(roots).keys()].reduce((sum, pid) => sum + residentOf(pid), 0);
}

function residentOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Seconds of a core that all of the machine has used since it started; NaN without /proc. */
export function busySeconds(): number {
  if (!hasProcesses) return Number.NaN;
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = readFileSync(
    "/proc/stat",
    "utf8",
  )
    .split("\n", 1)
    .join()
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq) / TICKS;
}
