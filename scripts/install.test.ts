import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isInstalled } from "@/scripts/install.mjs";

type Entry = Record<string, unknown>;
const wanted: Record<string, Entry> = {
  "": { name: "portaria" },
  "node_modules/next": { version: "16.4.5", integrity: "sha512-a" },
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

test("a good node_modules that someone else installed is kept", () => {
  installed(here);
  expect(isInstalled(directory)).toBe(true);
  expect(existsSync(join(directory, "node_modules", ".portaria-stamp"))).toBe(true);
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
