import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isForBuilding } from "@/lib/building/install.mjs";
import { root } from "@/lib/machine/project.mjs";

type Entry = { dev?: boolean };
type Package = { name: string; size: number; toRun: boolean; production: boolean };

/** Prints what of `node_modules` a running server needs, in MB on the disk. */
export function countPackages(): void {
  const record = join(root, "node_modules", ".package-lock.json");
  const { packages } = JSON.parse(readFileSync(record, "utf8"));
  const rows: Package[] = Object.entries<Entry>(packages)
    .filter(([path]) => existsSync(join(root, path)))
    .map(([path, entry]) => ({
      name: path.replace(/^node_modules\//, ""),
      size: sizeOf(join(root, path)),
      toRun: !isForBuilding(path, entry),
      // What npm leaves when it is asked to omit development packages.
      production: !entry.dev,
    }));
  console.table(
    rows
      .filter(({ toRun }) => toRun)
      .sort((a, b) => b.size - a.size)
      .slice(0, 10)
      .map(({ name, size }) => ({ package: name, MB: megabytes(size) })),
  );
  console.table({
    "all, to build and test": sumOf(rows),
    "without development packages": sumOf(rows.filter(({ production }) => production)),
    "what a running server needs": sumOf(rows.filter(({ toRun }) => toRun)),
  });
}

const sumOf = (rows: readonly Package[]) => ({
  packages: rows.length,
  MB: megabytes(rows.reduce((total, { size }) => total + size, 0)),
});

const megabytes = (bytes: number) => Math.round((bytes / 1024 / 1024) * 10) / 10;

/** Bytes of a package as they lie on the disk; packages inside it count for themselves. */
function sizeOf(directory: string): number {
  return readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .reduce((total, entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return total + sizeOf(path);
      return entry.isSymbolicLink() ? total : total + statSync(path).blocks * 512;
    }, 0);
}
