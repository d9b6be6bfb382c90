import { log } from "@/lib/log/log";
import { OperatorError, printFault } from "@/lib/machine/operator-error.mjs";

/** How a command learns that it was asked to stop. */
export type Interruption = {
  signal: AbortSignal;
  /** From here on the work is carried to its end: half of it would be worse than either. */
  ignore(): void;
};

const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Does a command's work, and prints what it returns. What fails is reported on standard error, one
 * sentence where the operator can mend it, and the process then ends with 1; asked to stop, the
 * work is undone, and the process ends as such a process does.
 */
export async function runInterruptible(work: (interruption: Interruption) => Promise<string>) {
  // Standard output is for the answer.
  log.level = "error";
  const controller = new AbortController();
  let by: keyof typeof codes | undefined;
  let ignored = false;
  const stop = (name: NodeJS.Signals) => {
    if (ignored) return;
    by ??= name as keyof typeof codes;
    controller.abort();
  };
  const names = Object.keys(codes) as (keyof typeof codes)[];
  for (const name of names) process.on(name, stop);
  try {
    const ignore = () => {
      controller.signal.throwIfAborted();
      ignored = true;
    };
    const answer = await work({ signal: controller.signal, ignore });
    if (answer !== "") process.stdout.write(`${answer}\n`);
  } catch (error) {
    // Whatever was under way fails in its own words once its connections are closed.
    printFault(by ? new OperatorError("Stopped, as asked: nothing was changed.") : error);
    process.exitCode = by ? codes[by] : 1;
  } finally {
    for (const name of names) process.off(name, stop);
  }
}
