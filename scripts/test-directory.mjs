import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { removeDataDirectory } from "./postgres/cluster.mjs";

/** Deletes a directory of test data, waiting for the databases in it that are still ending. */
export async function removeTestDirectory(directory) {
  for (const name of existsSync(directory) ? readdirSync(directory) : []) {
    const child = join(directory, name);
    const running = join(child, "postgres", "postmaster.pid");
    for (let waited = 0; waited < 100 && existsSync(running); waited++) await pause(100);
    removeDataDirectory(child);
  }
  rmSync(directory, { recursive: true, force: true });
}
