import { availableParallelism, totalmem } from "node:os";

/** What a figure must be read with: the command, the day, the machine and its Node. */
export function describeRun(command: string): string {
  const day = new Date().toISOString().slice(0, 10);
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${command}, ${day}, ${availableParallelism()} cores, ${memory} GiB, Node ${process.versions.node}`;
}
