import { closeSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tryLock } from "../machine/file-lock.mjs";
import { lockFile } from "../machine/kernel-lock.mjs";
import { OperatorError } from "../machine/operator-error.mjs";
import { buildDirectory, root } from "../machine/project.mjs";
import { hashSources } from "./source-hash.mjs";

/**
 * What is built of one state of the sources: `code`, which commands load, and `pages`, Next's. Each
 * stands in a folder of its name.
 * @typedef {"code" | "pages"} Part
 */

// What those that use a build hold the lock of.
const inUse = "portaria-in-use";
const readyMark = (part) => `portaria-${part}-ready`;

let known;

/**
 * The build of the sources as they are: what it is called, and where it is or will be. They are read
 * once, for a start asks several times and is to be of one state.
 * @param {{ anew?: boolean }} [options] `anew`: after waiting for others, who may have changed them
 */
export function currentBuild({ anew = false } = {}) {
  if (anew || known === undefined) {
    const hash = hashSources(root);
    known = { hash, directory: join(buildDirectory, hash) };
  }
  return known;
}

const held = new Set();

/**
 * Whether a part of a build stands whole; from then on it is kept while this process lives.
 * @param {string} directory
 * @param {Part} part
 */
export function holdBuild(directory, part) {
  try {
    if (!held.has(directory)) {
      if (lockFile(join(directory, inUse), { shared: true }) === "taken") return false;
      held.add(directory);
    }
    return statSync(join(directory, readyMark(part)), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw unreadable(directory, error);
  }
}

/** Says that a part stands whole, and uses it. Throws where the sources are others by now. */
export function finishPart({ hash, directory }, part) {
  // A build of neither state would stand under the name of one, and be made anew under its server.
  if (hashSources(root) !== hash)
    throw new OperatorError("The sources changed while they were built: start again.");
  writeFileSync(join(directory, inUse), "", { flag: "a" });
  writeFileSync(join(directory, readyMark(part)), "");
  holdBuild(directory, part);
}

/**
 * Deletes the builds that nobody uses. A server that still runs, here or where we cannot see it, reads
 * its pages from the build it was started with. What may not write here leaves cleaning to others.
 */
export function removeUnused(current) {
  const others = readdirSync(buildDirectory).filter(
    (name) => /^[0-9a-f]{16}$/.test(name) && join(buildDirectory, name) !== current,
  );
  if (others.length === 0) return;
  let lock;
  try {
    lock = tryLock(join(buildDirectory, "prepare.lock"));
  } catch {
    return;
  }
  if (!lock.release) return;
  try {
    for (const name of others) removeIfUnused(join(buildDirectory, name));
  } finally {
    lock.release();
  }
}

function removeIfUnused(directory) {
  let mark;
  try {
    mark = lockFile(join(directory, inUse));
  } catch (error) {
    // A build that was never finished has none, and nobody is building while we hold the other lock.
    if (error.code === "ENOENT") rmSync(directory, { recursive: true, force: true });
    return;
  }
  if (mark === "taken") return;
  if (mark.sure) rmSync(directory, { recursive: true, force: true });
  closeSync(mark.fd);
}

function unreadable(directory, error) {
  return new OperatorError(
    `${directory} cannot be read (${error.code}): start as the user who built it, or make a clone of your own.`,
  );
}
