import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npmCommand } from "./npm-command.mjs";
import { OperatorError } from "./operator-error.mjs";
import { alone, root } from "./project.mjs";
import { runTool } from "./run-tool.mjs";

/** Installs what package-lock.json names, where node_modules does not have it yet. */
export async function ensureInstalled(directory = root) {
  if (isInstalled(directory)) return;
  await alone(async () => {
    if (isInstalled(directory)) return;
    console.log("Installing the packages that package-lock.json names …");
    const flags = ["--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
    const [program, args] = npmCommand(["ci", ...flags]);
    const { code, output } = await runTool(program, args);
    if (code !== 0)
      throw new OperatorError(
        `${output.trim()}\nThe packages could not be installed: npm ci failed, its words are above; check the connection to the npm registry and that you may write to ${directory}.`,
      );
    leaveStamp(directory);
  });
}

/**
 * Whether node_modules holds what the lock file names: by our stamp of an earlier look, else by
 * npm's own record of what it installed.
 */
export function isInstalled(directory) {
  if (!existsSync(join(directory, "node_modules"))) return false;
  if (readText(stampPath(directory)) === stampOf(directory)) return true;
  const wanted = JSON.parse(readFileSync(join(directory, "package-lock.json"), "utf8")).packages;
  const found = installedPackages(directory);
  const complete = Object.entries(wanted).every(
    ([path, entry]) => path === "" || isThere(directory, path, entry, found),
  );
  if (complete) leaveStamp(directory);
  return complete;
}

// Packages for other platforms are never there; those for ours must be, in the very version.
function isThere(directory, path, entry, found) {
  const there = existsSync(join(directory, path)) && same(entry, found[path]);
  if (there || !(entry.optional || entry.devOptional)) return there;
  return !existsSync(join(directory, path)) && !(isBoundToPlatform(entry) && isForUs(entry));
}

function same(entry, installed) {
  if (entry.link) return true;
  return installed?.version === entry.version && installed.integrity === entry.integrity;
}

function isBoundToPlatform({ os, cpu }) {
  return os !== undefined || cpu !== undefined;
}

function isForUs({ os, cpu, libc }) {
  return (
    (os?.includes(process.platform) ?? true) &&
    (cpu?.includes(process.arch) ?? true) &&
    (libc?.includes(ourLibc()) ?? true)
  );
}

let libcFound;
function ourLibc() {
  libcFound ??= process.report.getReport().header.glibcVersionRuntime ? "glibc" : "musl";
  return libcFound;
}

function installedPackages(directory) {
  try {
    return JSON.parse(readText(join(directory, "node_modules", ".package-lock.json"))).packages;
  } catch {
    return {};
  }
}

function stampOf(directory) {
  const lock = readFileSync(join(directory, "package-lock.json"));
  return createHash("sha256")
    .update(lock)
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");
}

// Whoever may not write here can still run what is installed.
function leaveStamp(directory) {
  try {
    writeFileSync(stampPath(directory), stampOf(directory));
  } catch {}
}

function stampPath(directory) {
  return join(directory, "node_modules", ".portaria-stamp");
}

function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
