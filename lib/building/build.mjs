import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join, relative } from "node:path";
import { OperatorError } from "../machine/operator-error.mjs";
import { sayProgress } from "../machine/progress.mjs";
import { alone, root } from "../machine/project.mjs";
import { runTool } from "../machine/run-tool.mjs";
import { currentBuild, finishPart, holdBuild, removeUnused } from "./builds.mjs";
import { withoutEnvFiles } from "./next-env-files.mjs";
import { linkPrismaClient } from "./prisma-client.mjs";

// Next names actions by a hash of this, their file and their name. Public and the same everywhere, so
// that all builds agree; nothing is sealed with it, a server sets a key of its own (lib/server/serve.ts).
const actionSalt = createHash("sha256").update("portaria server actions").digest("base64");

/** Whether the pages of these very sources are built; they are then kept while this process lives. */
export function isBuilt() {
  return holdBuild(currentBuild().directory, "pages");
}

/**
 * Builds the pages unless these very sources are built, and keeps that build from being cleaned up
 * while this process lives. Returns its directory, relative to the project: Next's `distDir`. What is
 * built can be started by whoever may read it. Building needs all packages, see `ensureInstalled`.
 */
export async function ensureBuilt() {
  const { directory } = currentBuild();
  if (!holdBuild(directory, "pages"))
    await alone(async () => {
      const build = currentBuild({ anew: true });
      if (!holdBuild(build.directory, "pages")) await buildPages(build);
    });
  removeUnused(currentBuild().directory);
  return relative(root, join(directory, "pages"));
}

async function buildPages(build) {
  sayProgress("Building the pages …");
  const pages = join(build.directory, "pages");
  rmSync(pages, { recursive: true, force: true });
  const cli = join(root, "node_modules", "next", "dist", "bin", "next");
  const { code, output } = await runTool(process.execPath, [cli, "build"], {
    env: {
      ...process.env,
      ...withoutEnvFiles,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionSalt,
      PORTARIA_DIST: relative(root, pages),
    },
  });
  if (code !== 0)
    throw new OperatorError(
      `${output.trim()}\nThe pages could not be built: the words of next build are above.`,
    );
  // What only another build would read.
  for (const name of ["cache", "trace", "trace-build", "turbopack", "types", "diagnostics"])
    rmSync(join(pages, name), { recursive: true, force: true });
  linkPrismaClient(build.directory);
  finishPart(build, "pages");
}
