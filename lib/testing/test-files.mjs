import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folders = ["app", "bench", "components", "emails", "lib", "prisma", "scripts"];

// What a file does to its process, and the files after it in the same one would meet.
const leavesTraces =
  /\bvi\s*\.(mock|doMock|hoisted|resetModules|setConfig)\(|\bprocess\.(exitCode|chdir)\b|\bnode:child_process\b|\bObject\.assign\([A-Z]/;

// What a process remembers for a time, unseen by whoever sets it: presses that rest, tries that failed, an
// answer on health that is kept, and lines that the log gets once a minute.
const meetsWhatIsRemembered =
  /\bformsOnce: true\b|\/(note-tries|start-heartbeat|deep-health|answer-health|refused-shares|proxy-notice)"|\basks? for more\b|\bMore passwords come\b|\breverse proxy\b/;

// React warns in development alone, for which it takes much longer: whoever looks at pages, or names the
// mode, has that one.
const hearsReact = /\bNODE_ENV\b/;

/**
 * The test files of the project at `root`, by the process they need: those that replace modules, change or
 * start processes, meet what a process remembers, or hear what React warns of, get one of their own; all
 * others share a few, each of which loads the product once, as it is in production. Only a test file's own
 * text is read, not what it imports.
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
  const own = files.filter((path) => {
    const text = readFileSync(join(root, path), "utf8");
    return (
      path.endsWith(".tsx") ||
      [leavesTraces, meetsWhatIsRemembered, hearsReact].some((pattern) => pattern.test(text))
    );
  });
  return { shared: files.filter((path) => !own.includes(path)), own };
}
