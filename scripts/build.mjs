import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { OperatorError } from "./operator-error.mjs";
import { isSameProcess, processStart } from "./process-identity.mjs";
import { alone, buildDirectory, root } from "./project.mjs";
import { runTool } from "./run-tool.mjs";
import { hashSources } from "./source-hash.mjs";

const leases = join(buildDirectory, "in-use");
const ready = "portaria-ready";

// Next names actions by a hash of this, their file and their name. Public and the same everywhere, so
// that all builds agree; nothing is sealed with it, a server sets a key of its own (lib/server/serve.ts).
const actionSalt = createHash("sha256").update("portaria server actions").digest("base64");

/**
 * Builds the pages unless these very sources are built, and keeps that build from being cleaned up
 * while this process lives. Returns its directory, relative to the project: Next's `distDir`.
 */
export async function ensureBuilt() {
  return alone(async () => {
    const hash = hashSources(root);
    const directory = join(buildDirectory, hash);
    if (!existsSync(join(directory, ready))) await build(directory, hash);
    takeLease(hash);
    removeUnused(hash);
    return relative(root, directory);
  });
}

async function build(directory, hash) {
  console.log("Building the pages …");
  rmSync(directory, { recursive: true, force: true });
  const cli = join(root, "node_modules", "next", "dist", "bin", "next");
  const { code, output } = await runTool(process.execPath, [cli, "build"], {
    env: {
      ...process.env,
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
  // Sources that changed meanwhile make a build of neither state: good for now, not for the next start.
  if (hashSources(root) === hash) writeFileSync(join(directory, ready), "");
}

function takeLease(hash) {
  mkdirSync(leases, { recursive: true });
  const lease = { hash, pid: process.pid, start: processStart(process.pid) };
  writeFileSync(join(leases, String(process.pid)), JSON.stringify(lease));
}

// A server that still runs reads its pages from the build it was started with.
function removeUnused(current) {
  const used = new Set([current]);
  for (const name of readdirSync(leases)) {
    const lease = readLease(join(leases, name));
    if (lease && isSameProcess(lease.pid, lease.start)) used.add(lease.hash);
    else rmSync(join(leases, name), { force: true });
  }
  for (const name of readdirSync(buildDirectory)) {
    if (/^[0-9a-f]{16}$/.test(name) && !used.has(name))
      rmSync(join(buildDirectory, name), { recursive: true, force: true });
  }
}

function readLease(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
