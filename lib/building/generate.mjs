import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OperatorError } from "../machine/operator-error.mjs";
import { sayProgress } from "../machine/progress.mjs";
import { alone, root } from "../machine/project.mjs";
import { runTool } from "../machine/run-tool.mjs";

const output = join(root, "lib", "generated", "prisma");
const stampFile = join(root, "lib", "generated", "stamp");

/** Runs `prisma generate` when schema.prisma or the version of Prisma changed. */
export async function ensureGenerated() {
  if (isGenerated()) return;
  await alone(async () => {
    if (isGenerated()) return;
    sayProgress("Generating the database client …");
    const stamp = stampOf();
    // Whatever ends this in the middle: what is half written must not pass for what the stamp was of.
    rmSync(stampFile, { force: true });
    const cli = join(root, "node_modules", "prisma", "build", "index.js");
    const quiet = { CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" };
    const { code, output: said } = await runTool(process.execPath, [cli, "generate"], {
      env: { ...process.env, ...quiet },
    });
    if (code !== 0)
      throw new OperatorError(
        `${said.trim()}\nThe database client could not be generated from prisma/schema.prisma: Prisma's words are above.`,
      );
    writeFileSync(stampFile, stamp);
  });
}

function isGenerated() {
  return (
    existsSync(join(output, "client.ts")) &&
    existsSync(stampFile) &&
    readFileSync(stampFile, "utf8") === stampOf()
  );
}

function stampOf() {
  const hash = createHash("sha256");
  hash.update(readFileSync(join(root, "prisma", "schema.prisma")));
  hash.update(readFileSync(join(root, "node_modules", "prisma", "package.json")));
  return hash.digest("hex");
}
