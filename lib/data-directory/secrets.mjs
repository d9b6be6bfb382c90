import { randomUUID } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { OperatorError } from "../machine/operator-error.mjs";

/**
 * What this installation generated for itself.
 * @typedef {{ databasePassword?: string, authSecret?: string, demoPasswords?: Record<string, string>, demoAppKeys?: Record<string, string> }} Secrets
 */

// Ours has some hundred bytes: what is larger is another file, and is not read.
const largestBytes = 1_000_000;
const shortestAuthSecret = 32;

/** What is lost with the file, and what is not: whoever moves it away decides by this. */
const withoutIt =
  "nothing in the database is lost then; its password and those of the demo people, and the keys of their authenticator apps, are made anew; and unless AUTH_SECRET is set, everybody must sign in again, every browser counts as new, open codes and links that were mailed no longer work, and documents of open cases can no longer be read";

/**
 * Reads `DATA_DIR/secrets.json`; an empty object when there is none yet. Throws an `OperatorError` that
 * names the file and what is wrong with it, and never what is in it.
 * @param {string} dataDir
 * @returns {Secrets}
 */
export function readSecrets(dataDir) {
  const path = secretsPath(dataDir);
  const found = look(path);
  if (found === undefined) return {};
  if (typeof found === "string") throw damaged(path, found);
  let bytes;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  const { secrets, fault } = parse(bytes);
  if (fault !== undefined) throw damaged(path, fault);
  return secrets;
}

/** Takes away what rights a copy of the file may have given to others; where it is not ours, nothing. */
export function closeSecrets(dataDir) {
  try {
    chmodSync(secretsPath(dataDir), 0o600);
  } catch {}
}

// Before it is opened: a FIFO would be waited for with every signal unheard.
function look(path) {
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
    const file = statSync(path, { throwIfNoEntry: false });
    if (file === undefined) return "it is a link that leads nowhere";
    if (file.isDirectory()) return "it is a directory";
    if (!file.isFile()) return "it is no ordinary file";
    if (file.size === 0) return "it is empty";
    if (file.size > largestBytes) return "it is far too large";
    return file;
  } catch (error) {
    if (error.code === "ELOOP") return "it is a link that leads nowhere";
    throw unreadable(path, error);
  }
}

function parse(bytes) {
  let value;
  try {
    // An editor's byte order mark is no damage, and the decoder takes it off.
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    return { fault: error instanceof SyntaxError ? "it is not JSON" : "it is not UTF-8" };
  }
  if (!isRecord(value)) return { fault: "it is not what Portaria writes there" };
  const { databasePassword, authSecret, demoPasswords, demoAppKeys } = value;
  const isWrong = [
    ["databasePassword", databasePassword !== undefined && !isText(databasePassword, 1)],
    ["authSecret", authSecret !== undefined && !isText(authSecret, shortestAuthSecret)],
    ["demoPasswords", demoPasswords !== undefined && !isRecordOfTexts(demoPasswords)],
    ["demoAppKeys", demoAppKeys !== undefined && !isRecordOf(demoAppKeys, isAppKey)],
  ].find(([, wrong]) => wrong);
  return isWrong
    ? { fault: `its ${isWrong[0]} is cut off or of a wrong kind` }
    : { secrets: value };
}

function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value, length) {
  return typeof value === "string" && value.length >= length && !/\p{Cc}/u.test(value);
}

function isRecordOf(value, isRight) {
  return isRecord(value) && Object.values(value).every(isRight);
}

const isRecordOfTexts = (value) => isRecordOf(value, (text) => isText(text, 1));

// 160 bits in base32 (RFC 4648).
function isAppKey(text) {
  return isText(text, 32) && /^[A-Z2-7]{32}$/.test(text);
}

function damaged(path, fault) {
  return new OperatorError(
    `${path} is damaged, for ${fault}: restore this one file from the backup, or move it away and start again (${withoutIt}).`,
  );
}

function unreadable(path, error) {
  if (error.code === "EACCES" || error.code === "EPERM")
    return new OperatorError(
      `${path} cannot be read (${error.code}): start as the user who made it, or give the file to this user.`,
    );
  return new OperatorError(
    `${path} cannot be read (${error.code ?? error.message}): if it stays so, restore this one file from the backup, or move it away and start again (${withoutIt}).`,
  );
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

/**
 * Writes a file that only its owner may read (0600), whole or not at all; root keeps its owner, and a
 * link to a file stays one.
 */
export function writePrivateFile(path, text) {
  let draft;
  try {
    const target = behindLink(path);
    draft = `${target}.${randomUUID()}`;
    const file = openSync(draft, "wx", 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    keepOwner(target, draft);
    renameSync(draft, target);
  } catch (error) {
    if (draft) rmSync(draft, { force: true });
    throw new OperatorError(
      `${path} cannot be written (${error.code ?? error.message}): free some space, or start as the user who owns DATA_DIR.`,
    );
  }
}

function secretsPath(dataDir) {
  return join(dataDir, "secrets.json");
}

function behindLink(path) {
  const link = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
  return link && statSync(path, { throwIfNoEntry: false }) ? realpathSync(path) : path;
}

function keepOwner(path, draft) {
  const owner = statSync(path, { throwIfNoEntry: false });
  if (owner && process.getuid?.() === 0) chownSync(draft, owner.uid, owner.gid);
}
