import { parseArgs } from "node:util";
import { wrongArguments } from "@/lib/machine/operator-error.mjs";

/** What `npm run worker` is asked to do: to run the jobs, or to say how workers of this machine do. */
export type WorkerCommand = { kind: "run" } | { kind: "health"; pid: number | null };

const usage =
  "npm run worker, npm run worker -- --health, or npm run worker -- --health --pid NUMBER";

const wrong = wrongArguments(usage);

/**
 * Reads the words after `npm run worker --`.
 *
 * @throws OperatorError with one sentence that says what is wrong and what works
 */
export function readWorkerArguments(words: string[]): WorkerCommand {
  const { health = false, pid } = parse(words);
  if (!health && pid !== undefined) throw wrong("--pid is for --health alone");
  if (!health) return { kind: "run" };
  if (pid === undefined) return { kind: "health", pid: null };
  if (!/^[1-9]\d{0,9}$/.test(pid)) throw wrong("--pid must be the number of a process");
  return { kind: "health", pid: Number(pid) };
}

function parse(words: string[]) {
  try {
    const options = { health: { type: "boolean" }, pid: { type: "string" } } as const;
    return parseArgs({ args: words, options, strict: true }).values;
  } catch {
    throw wrong("Not all of these words are understood");
  }
}
