import {
  cpSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { currentBuild } from "@/lib/building/builds.mjs";
import { isForBuilding } from "@/lib/building/install.mjs";
import { root } from "@/lib/machine/project.mjs";

const notSources =
  /^(\.build|\.data|\.env|\.git|\.next|node_modules|test-results|playwright-report)$/;

/**
 * Makes a copy of the project as it stands where only what a running server needs was kept: the
 * sources, their build, and the packages that `isForBuilding` leaves. Needs the build.
 * @param directory where to make it; missing yet
 */
export function makeProductionCopy(directory: string): void {
  mkdirSync(directory);
  for (const name of readdirSync(root))
    if (!notSources.test(name))
      cpSync(join(root, name), join(directory, name), {
        recursive: true,
        filter: (path) => relative(root, path) !== join("lib", "generated"),
      });
  const build = currentBuild().directory;
  linkTree(build, join(directory, relative(root, build)));
  const record = JSON.parse(read("node_modules/.package-lock.json"));
  const kept = Object.entries<{ dev?: boolean }>(record.packages).filter(
    ([path, entry]) => !isForBuilding(path, entry),
  );
  for (const [path] of kept) linkTree(join(root, path), join(directory, path), ["node_modules"]);
  writeFileSync(
    join(directory, "node_modules", ".package-lock.json"),
    JSON.stringify({ ...record, packages: Object.fromEntries(kept) }),
  );
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** Puts hard links to the files of a folder into another, or copies where these are two disks. */
function linkTree(from: string, to: string, without: string[] = []): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (without.includes(entry.name)) continue;
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    cpSync(source, target);
  }
}
