import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folders = ["app", "components", "emails", "lib", "prisma", "scripts"];

// What a file does to its process, and the files after it in the same one would meet.
const leavesTraces =
  /\bvi\s*\.(mock|doMock|hoisted|resetModules|setConfig)\(|\bprocess\.(exitCode|chdir)\b|\bnode:child_process\b|\bObject\.assign\([A-Z]/;

/**
 * The test files of the project at `root`, by the process they need: those that replace modules, or change or
 * start processes, get one of their own; all others share a few, each of which loads the product once.
 * @returns {{ shared: string[], own: string[] }} paths from `root`
 */
export function testFiles(root) {
  const files = folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((path) => /\.test\.tsx?$/.test(path) && !path.startsWith(join("lib", "generated")));
  const own = files.filter((path) => leavesTraces.test(readFileSync(join(root, path), "utf8")));
  return { shared: files.filter((path) => !own.includes(path)), own };
}
