import { randomUUID } from "node:crypto";
import {
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { OperatorError } from "./operator-error.mjs";

/**
 * What this installation generated for itself.
 * @typedef {{ databasePassword?: string, authSecret?: string, demoPasswords?: Record<string, string> }} Secrets
 */

/**
 * Reads `DATA_DIR/secrets.json`; an empty object when there is none yet.
 * @param {string} dataDir
 * @returns {Secrets}
 */
export function readSecrets(dataDir) {
  const path = secretsPath(dataDir);
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return {};
    if (error instanceof SyntaxError)
      throw new OperatorError(`${path} is damaged: restore it from a backup, or delete DATA_DIR.`);
    throw new OperatorError(
      `${path} cannot be read (${error.code}): start as the user who made it, or set another DATA_DIR.`,
    );
  }
}

/**
 * Replaces the secrets by what `change` makes of them, in one step and with mode 0600; returns them.
 * @param {string} dataDir
 * @param {(secrets: Secrets) => Secrets} change
 * @returns {Secrets}
 */
export function updateSecrets(dataDir, change) {
  const secrets = change(readSecrets(dataDir));
  writePrivateFile(secretsPath(dataDir), `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

/** Writes a file that only its owner may read (0600), whole or not at all; root keeps its owner. */
export function writePrivateFile(path, text) {
  const draft = `${path}.${randomUUID()}`;
  try {
    const file = openSync(draft, "wx", 0o600);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    keepOwner(path, draft);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new OperatorError(
      `${path} cannot be written (${error.code ?? error.message}): free some space, or start as the user who owns DATA_DIR.`,
    );
  }
}

function secretsPath(dataDir) {
  return join(dataDir, "secrets.json");
}

function keepOwner(path, draft) {
  const owner = statSync(path, { throwIfNoEntry: false });
  if (owner && process.getuid?.() === 0) chownSync(draft, owner.uid, owner.gid);
}
