import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const folders = ["app", "components", "emails", "lib", "prisma", "public", "scripts"];
const ofNoWeight = [/^lib\/generated\//, /\.test\.tsx?$/, /^lib\/testing\//, /\.md$/];

/** A hash over every file of `directory` that a build is made from. */
export function hashSources(directory) {
  const hash = createHash("sha256");
  for (const path of sourceFiles(directory)) {
    const content = readFileSync(join(directory, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex").slice(0, 16);
}

function sourceFiles(directory) {
  const top = readdirSync(directory, { withFileTypes: true });
  const files = top
    .filter((entry) => entry.isFile() && /\.(ts|mjs|json)$/.test(entry.name))
    .map((entry) => entry.name)
    .filter((name) => name !== "next-env.d.ts" && !/^(vitest|playwright)\.config/.test(name));
  for (const folder of folders) {
    if (!top.some((entry) => entry.isDirectory() && entry.name === folder)) continue;
    for (const entry of readdirSync(join(directory, folder), {
      recursive: true,
      withFileTypes: true,
    })) {
      if (entry.isFile()) files.push(relative(directory, join(entry.parentPath, entry.name)));
    }
  }
  return files
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !ofNoWeight.some((pattern) => pattern.test(path)))
    .sort();
}
