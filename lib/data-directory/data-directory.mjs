import { randomUUID } from "node:crypto";
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isLocked, nameHolder, readHolder } from "../machine/file-lock.mjs";
import { lockFile } from "../machine/kernel-lock.mjs";
import { OperatorError } from "../machine/operator-error.mjs";
import { livingElsewhere, startBeating } from "./data-heartbeat.mjs";
import { writePrivateFile } from "./secrets.mjs";

/** Makes `DATA_DIR` if it is missing and checks that we may work in it; returns its full path. */
export function prepareDataDirectory(dataDir) {
  const path = resolve(dataDir);
  if (path === dirname(path))
    throw new OperatorError(
      `DATA_DIR=${path} is the whole file system; choose a directory for Portaria alone.`,
    );
  try {
    // Others may pass through but not look: PostgreSQL runs as another user when we are root.
    makeDirectory(path, process.getuid?.() === 0 ? 0o711 : 0o700);
    if (!statSync(path).isDirectory()) throw Object.assign(new Error(), { code: "ENOTDIR" });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    tryWriting(path);
  } catch (error) {
    throw new OperatorError(`DATA_DIR=${path} cannot be used: ${reason(error)}.`);
  }
  return path;
}

// With this mode whatever the umask is, those above that are missing too: up to the first that can be
// made, and down again, each once. Node's own way goes round in circles where nobody may make any, as
// under /proc.
function makeDirectory(path, mode) {
  const missing = [];
  for (let at = path; !isMade(at, mode); at = dirname(at)) missing.push(at);
  for (const at of missing.reverse()) if (!isMade(at, mode)) throw noParent();
}

// False where the one above it must be made first.
function isMade(path, mode) {
  if (existsSync(path)) return true;
  try {
    mkdirSync(path, { mode });
    chmodSync(path, mode);
  } catch (error) {
    if (error.code === "ENOENT" && !existsSync(dirname(path))) return false;
    // Another start may have been quicker; a link that leads nowhere is there too.
    if (error.code !== "EEXIST" || !existsSync(path)) throw error;
  }
  return true;
}

function noParent() {
  return Object.assign(new Error("its parent was taken away"), { code: "ENOENT" });
}

// What rights do not show: a full disk, and file systems where nobody makes files, as /proc and
// /sys.
function tryWriting(path) {
  const probe = join(path, `portaria.probe-${randomUUID()}`);
  try {
    writeFileSync(probe, "x", { flag: "wx", flush: true });
  } finally {
    rmSync(probe, { force: true });
  }
}

/**
 * Takes `DATA_DIR` for this process; `release()` gives it back. `onLost` is called if another
 * machine took it although we live. Throws an `OperatorError` when another server works in it,
 * wherever that runs: in another container, in another process namespace, or on another machine.
 */
export async function lockDataDirectory(dataDir, { log, onLost = () => {} }) {
  const path = lockPath(dataDir);
  const lock = await takeLock(dataDir, path);
  try {
    const elsewhere = await livingElsewhere(path, { sure: lock.sure, log });
    if (elsewhere) throw inUse(dataDir, elsewhere);
    const heart = attempt(dataDir, () => startBeating({ path, fd: lock.fd, onLost }));
    // Without a lock of the kernel two may have come at once: the later word counts.
    if (!lock.sure) await pause(1000);
    const rival = heart.intruder();
    if (rival) {
      heart.stop();
      throw inUse(dataDir, rival);
    }
    return {
      release() {
        heart.stop();
        closeSync(lock.fd);
      },
    };
  } catch (error) {
    closeSync(lock.fd);
    throw error;
  }
}

/**
 * Makes `DATA_DIR`, where a server with a database of its own keeps the demo people's passwords, and
 * holds it beside others of that kind. Throws an `OperatorError` when an embedded database runs there.
 */
export async function shareDataDirectory(dataDir) {
  const directory = prepareDataDirectory(dataDir);
  await takeLock(directory, lockPath(directory), { shared: true });
}

// Somebody who only looks whether it is in use has it for a moment: a few tries show it.
async function takeLock(dataDir, path, { shared = false } = {}) {
  for (let tries = 1; ; tries++) {
    const lock = attempt(dataDir, () => lockFile(path, { create: true, shared }));
    if (lock !== "taken") return lock;
    if (tries === 5) throw inUse(dataDir, readHolder(path));
    await pause(100);
  }
}

function inUse(dataDir, holder) {
  return new OperatorError(
    `DATA_DIR=${dataDir} is in use by ${nameHolder(holder)}: stop it first, or give this start its own PORT and DATA_DIR.`,
  );
}

/** Leaves the URL of the running embedded database where `npm run worker` finds it (mode 0600). */
export function publishDatabaseUrl(dataDir, url) {
  writePrivateFile(urlPath(dataDir), `${JSON.stringify({ url })}\n`);
}

/** Takes the URL away, ours or that of a start that was killed; for the holder of the lock. */
export function withdrawDatabaseUrl(dataDir) {
  attempt(dataDir, () => rmSync(urlPath(dataDir), { force: true }));
}

/** The URL of the embedded database that a living server runs in `DATA_DIR`, if one does. */
export function runningDatabaseUrl(dataDir) {
  const directory = resolve(dataDir);
  try {
    if (!isLocked(lockPath(directory))) return undefined;
    return JSON.parse(readFileSync(urlPath(directory), "utf8")).url;
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw new OperatorError(`${urlPath(directory)} cannot be read: ${reason(error)}.`);
  }
}

function urlPath(dataDir) {
  return join(dataDir, "database.json");
}

function lockPath(dataDir) {
  return join(dataDir, "portaria.lock");
}

function attempt(dataDir, action) {
  try {
    return action();
  } catch (error) {
    throw new OperatorError(`DATA_DIR=${dataDir} cannot be used: ${reason(error)}.`);
  }
}

function reason(error) {
  switch (error.code) {
    case "EACCES":
    case "EPERM":
      return "this user may not read and write there; change its owner, or choose another directory, which begins empty";
    case "EROFS":
      return "it is on a read-only file system; make that writable, or choose another directory, which begins empty";
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full; free some space";
    case "EFTYPE":
    case "EISDIR":
    case "ERR_FS_EISDIR":
      return "a directory or a special file stands where portaria.lock or database.json should be; remove that one";
    case "ENOTDIR":
      return "it, or a part of its path, is a file and not a directory; choose another one, which begins empty";
    case "EEXIST":
    case "ELOOP":
    case "ENOENT":
      return "it cannot be made there, or is a link that leads nowhere; mount or restore what it leads to, or choose another one, which begins empty";
    case "ENAMETOOLONG":
      return "its path is too long; choose a shorter one";
    default:
      return error.code ?? error.message;
  }
}
