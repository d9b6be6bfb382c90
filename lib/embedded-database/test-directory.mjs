import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { OperatorError } from "../machine/operator-error.mjs";
import { removeDataDirectory } from "./cluster.mjs";

/** Makes a temporary directory that PostgreSQL, which is another user when we are root, may enter. */
export function makeTestDirectory(prefix) {
  try {
    const directory = mkdtempSync(join(tmpdir(), prefix));
    chmodSync(directory, 0o711);
    return directory;
  } catch (error) {
    throw new OperatorError(
      `No temporary directory can be made in ${tmpdir()} (${error.code}): set TMPDIR to a directory that you may write to.`,
    );
  }
}

/**
 * Deletes a directory that is, or holds, data directories; waits for databases that are still ending.
 */
export async function removeTestDirectory(directory) {
  const children = existsSync(directory) ? readdirSync(directory, { withFileTypes: true }) : [];
  const folders = children.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  for (const path of [...folders.map((name) => join(directory, name)), directory]) {
    const running = join(path, "postgres", "postmaster.pid");
    for (let waited = 0; waited < 100 && existsSync(running); waited++) await pause(100);
    removeDataDirectory(path);
  }
  rmSync(directory, { recursive: true, force: true });
}
