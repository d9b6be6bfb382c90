import { appendFileSync, existsSync, readFileSync } from "node:fs";

// Of the log: JSON lines. Of Next, Node and what nobody caught: lines of their own.
const isLogged = /^\{"level":"(warn|error|fatal)"/;
const isPrinted = /^\s*(⨯|⚠|\(node:\d+\)|(\w*Error|Uncaught|Unhandled)\b)/;

/**
 * The lines of a server's output that warn or report a failure, but for those of these patterns.
 */
export function unexpectedIn(printed: string, announced: readonly RegExp[]): string[] {
  return printed
    .split("\n")
    .filter((line) => isLogged.test(line) || isPrinted.test(line))
    .filter((line) => !announced.some((pattern) => pattern.test(line)));
}

/**
 * Keeps what a server wrote and no test announced until the run ends, which then fails: a server
 * outlives the test that had it write a line. Outside a run of the end-to-end tests nobody asks.
 */
export function keepUnexpected(name: string, logFile: string, announced: readonly RegExp[]): void {
  const file = process.env.E2E_UNEXPECTED;
  if (!file || !existsSync(logFile)) return;
  for (const line of unexpectedIn(readFileSync(logFile, "utf8"), announced))
    appendFileSync(file, `${name}: ${line.slice(0, 2_000)}\n`);
}

/** @throws Error with what was kept */
export function judgeKept(): void {
  const file = process.env.E2E_UNEXPECTED;
  const kept = file && existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  if (kept !== "")
    throw new Error(`Servers warned of, or failed at, what no test announced (mayLog):\n${kept}`);
}
