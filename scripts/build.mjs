import { createHash } from "node:crypto";
import { closeSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { tryLock } from "./file-lock.mjs";
import { lockFile } from "./kernel-lock.mjs";
import { withoutEnvFiles } from "./next-env-files.mjs";
import { OperatorError } from "./operator-error.mjs";
import { alone, buildDirectory, root } from "./project.mjs";
import { runTool } from "./run-tool.mjs";
import { hashSources } from "./source-hash.mjs";

// Which builds are whole, and what those that serve one hold the lock of.
const ready = "portaria-ready";
const inUse = "portaria-in-use";

// Next names actions by a hash of this, their file and their name. Public and the same everywhere, so
// that all builds agree; nothing is sealed with it, a server sets a key of its own (lib/server/serve.ts).
const actionSalt = createHash("sha256").update("portaria server actions").digest("base64");

/**
 * Builds the pages unless these very sources are built, and keeps that build from being cleaned up
 * while this process lives. Returns its directory, relative to the project: Next's `distDir`. What is
 * built can be started by whoever may read it.
 */
export async function ensureBuilt() {
  const hash = hashSources(root);
  const directory = join(buildDirectory, hash);
  if (!use(directory, ready))
    await alone(async () => {
      if (use(directory, ready)) return;
      await build(directory, hash);
      use(directory, inUse);
    });
  removeUnused();
  return relative(root, directory);
}

async function build(directory, hash) {
  console.log("Building the pages …");
  rmSync(directory, { recursive: true, force: true });
  const cli = join(root, "node_modules", "next", "dist", "bin", "next");
  const { code, output } = await runTool(process.execPath, [cli, "build"], {
    env: {
      ...process.env,
      ...withoutEnvFiles,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionSalt,
      PORTARIA_DIST: relative(root, directory),
    },
  });
  if (code !== 0)
    throw new OperatorError(
      `${output.trim()}\nThe pages could not be built: the words of next build are above.`,
    );
  rmSync(join(directory, "cache"), { recursive: true, force: true });
  // A build of neither state would stand under the name of one, and be made anew under its server.
  if (hashSources(root) !== hash)
    throw new OperatorError("The sources changed while the pages were built: start again.");
  writeFileSync(join(directory, inUse), "");
  writeFileSync(join(directory, ready), "");
}

// Those that serve a build share its lock; a process that ends, in whatever way, gives it back.
function use(directory, mark) {
  try {
    if (lockFile(join(directory, inUse), { shared: true }) === "taken") return false;
    return statSync(join(directory, mark), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw unreadable(directory, error);
  }
}

// A server that still runs, here or where we cannot see it, reads its pages from the build it was
// started with. Who may not write here leaves cleaning to others.
function removeUnused() {
  let lock;
  try {
    lock = tryLock(join(buildDirectory, "prepare.lock"));
  } catch {
    return;
  }
  if (!lock.release) return;
  try {
    for (const name of readdirSync(buildDirectory))
      if (/^[0-9a-f]{16}$/.test(name)) removeIfUnused(join(buildDirectory, name));
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
