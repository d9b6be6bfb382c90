import { accessSync, constants, mkdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { lockHolder, tryLock } from "./file-lock.mjs";
import { OperatorError } from "./operator-error.mjs";
import { isSameProcess, processStart } from "./process-identity.mjs";
import { writePrivateFile } from "./secrets.mjs";

/** Makes `DATA_DIR` if it is missing and checks that we may work in it; returns its full path. */
export function prepareDataDirectory(dataDir) {
  const path = resolve(dataDir);
  try {
    // Others may pass through but not look: PostgreSQL runs as another user when we are root.
    mkdirSync(path, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    if (!statSync(path).isDirectory()) throw Object.assign(new Error(), { code: "ENOTDIR" });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new OperatorError(`DATA_DIR=${path} cannot be used: ${reason(error)}.`);
  }
  return path;
}

/**
 * Takes `DATA_DIR` for this process; `release()` gives it back.
 * Throws an `OperatorError` when another living process works in it.
 */
export function lockDataDirectory(dataDir) {
  const lock = attempt(dataDir, () => tryLock(lockPath(dataDir)));
  if (lock.release) return lock;
  throw new OperatorError(
    `DATA_DIR=${dataDir} is in use by process ${lock.holder.pid}: stop it first, or give this start its own PORT and DATA_DIR.`,
  );
}

/** Leaves the URL of the running embedded database where `npm run worker` finds it (mode 0600). */
export function publishDatabaseUrl(dataDir, url) {
  const start = processStart(process.pid);
  writePrivateFile(urlPath(dataDir), `${JSON.stringify({ url, pid: process.pid, start })}\n`);
}

/** The URL of the embedded database that a living process runs in `DATA_DIR`, if one does. */
export function runningDatabaseUrl(dataDir) {
  if (!lockHolder(lockPath(resolve(dataDir)))) return undefined;
  try {
    const { url, pid, start } = JSON.parse(readFileSync(urlPath(resolve(dataDir)), "utf8"));
    return isSameProcess(pid, start) ? url : undefined;
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw new OperatorError(`${urlPath(dataDir)} cannot be read: ${reason(error)}.`);
  }
}

export function urlPath(dataDir) {
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
      return "this user may not read and write there; choose another directory or change its owner";
    case "EROFS":
      return "it is on a read-only file system; choose another directory";
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full; free some space";
    case "ENOTDIR":
    case "EEXIST":
      return "it, or a part of its path, is a file and not a directory; choose another one";
    default:
      return error.message;
  }
}
