import { closeSync, existsSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { OperatorError } from "@/lib/machine/operator-error.mjs";

/** A line of a settings file, as `.env` takes it. */
export function settingLine(name: string, value: string): string {
  const isPlain = !/^["'`]|\s|#/.test(value);
  const quote = isPlain ? "" : (["'", "`", '"'].find((mark) => !value.includes(mark)) ?? "");
  return `${name}=${quote}${value}${quote}`;
}

/**
 * Says so where such a file is there of an earlier time: before any work is done.
 *
 * @throws OperatorError
 */
export function refuseEarlierLines(path: string): void {
  if (existsSync(path))
    throw new OperatorError(
      `${path} is there already, of an earlier time, and nothing was changed: move it away first.`,
    );
}

/**
 * Writes lines that hold secrets into a new file that only its owner may read (0600).
 *
 * @throws OperatorError where it cannot be written, or is there already
 */
export function writeSettingLines(path: string, lines: string[]): void {
  refuseEarlierLines(path);
  try {
    const file = openSync(path, "wx", 0o600);
    try {
      writeSync(file, `${lines.join("\n")}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    rmSync(path, { force: true });
    throw new OperatorError(
      `${path} cannot be written (${(error as NodeJS.ErrnoException).code}), and nothing was changed: free some space, or let this user write there.`,
      { cause: error },
    );
  }
}
