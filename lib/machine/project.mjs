import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nameHolder, waitForLock } from "./file-lock.mjs";
import { OperatorError } from "./operator-error.mjs";
import { sayProgress } from "./progress.mjs";

/** The project's own directory. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** Where builds and the marks of what is done are kept; git ignores it. */
export const buildDirectory = join(root, ".build");

/** Where `npm run dev` has what runs in browsers, compiled at its start. */
export const developmentScripts = join(buildDirectory, "development-scripts");

/**
 * Runs `work` while no other start of this project installs, generates or builds; several starts at
 * once wait for one another, and for the programs that one which was killed has left behind.
 */
export async function alone(work) {
  let lock;
  try {
    mkdirSync(buildDirectory, { recursive: true });
    lock = await waitForLock(
      join(buildDirectory, "prepare.lock"),
      (holder) =>
        sayProgress(`Waiting for ${nameHolder(holder)}, which prepares this project too.`),
      { passOn: true },
    );
  } catch (error) {
    if (!error.code) throw error;
    throw new OperatorError(
      `${buildDirectory} cannot be written (${error.code}): start as the user who owns the project, or make a clone of your own.`,
    );
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}
