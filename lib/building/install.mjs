import { copyFileSync, existsSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { npmCommand } from "../machine/npm-command.mjs";
import { OperatorError } from "../machine/operator-error.mjs";
import { sayProgress } from "../machine/progress.mjs";
import { alone, root } from "../machine/project.mjs";
import { runTool } from "../machine/run-tool.mjs";
import { dropLeftover, finishSwap, isHalfSwapped, stageOf, swapIn } from "./swap-packages.mjs";

// Without being asked npm leaves out what building needs, where NODE_ENV or its own settings say so.
const flags = [
  "--include=dev",
  "--include=optional",
  "--no-audit",
  "--no-fund",
  "--loglevel=error",
];

/**
 * Installs what package-lock.json names, where node_modules does not have it yet. What is there stays
 * until all of the new is: however an installation ends, node_modules is the one before or the new one.
 */
export async function ensureInstalled(directory = root) {
  if (isInstalled(directory)) return;
  await alone(async () => {
    recover(directory);
    if (isInstalled(directory)) return;
    if (isInstalled(directory, { toRun: true }))
      sayProgress("These sources are not built, and packages that building needs are missing.");
    sayProgress("Installing the packages that package-lock.json names …");
    await install(directory);
  });
}

function recover(directory) {
  try {
    finishSwap(join(directory, "node_modules"));
  } catch (error) {
    throw failure(directory, error.message);
  }
}

async function install(directory) {
  const packages = join(directory, "node_modules");
  let stage = stageOf(packages);
  try {
    dropLeftover(packages);
    mkdirSync(stage, { recursive: true });
    // npm ci finds no lock file behind a link.
    stage = realpathSync(stage);
    for (const name of ["package.json", "package-lock.json", ".npmrc"])
      if (existsSync(join(directory, name))) copyFileSync(join(directory, name), join(stage, name));
  } catch (error) {
    throw failure(directory, `${packages}: ${error.message}`);
  }
  // npm start --prefix hands its prefix on to us, so ours is written out.
  const [program, args] = npmCommand(["ci", ...flags, "--prefix", stage]);
  const { code, output } = await runTool(program, args, { cwd: stage, env: withoutNpmScope() });
  try {
    if (code !== 0) throw failure(directory, output.trim());
    if (!isInstalled(stage)) throw failure(directory, "npm ci ended without having installed all.");
    swapIn(packages);
  } catch (error) {
    dropLeftover(packages);
    throw error.code ? failure(directory, error.message) : error;
  }
}

// What the npm that runs us was set to, where and how much to install is not meant for this.
function withoutNpmScope() {
  const unwanted =
    /^npm_config_(global|location|prefix|local_prefix|workspaces?|omit|only|production|dry_run|package_lock.*)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !unwanted.test(name)));
}

function failure(directory, why) {
  return new OperatorError(
    `${why}\nThe packages could not be installed: npm ci failed, its words are above; check the connection to the npm registry, the space on the disk, and that you may write to ${directory}. What was installed before is as it was.`,
  );
}

/**
 * Whether node_modules holds what the lock file names, by npm's own record of what it installed.
 * @param {string} directory
 * @param {{ toRun?: boolean }} [options] toRun: only what a server that is built needs to run
 */
export function isInstalled(directory, { toRun = false } = {}) {
  const packages = join(directory, "node_modules");
  if (!existsSync(packages) || isHalfSwapped(packages)) return false;
  const wanted = JSON.parse(readFileSync(join(directory, "package-lock.json"), "utf8")).packages;
  const found = installedPackages(directory);
  return Object.entries(wanted)
    .filter(([path, entry]) => path !== "" && !(toRun && isForBuilding(path, entry)))
    .every(([path, entry]) => isThere(directory, path, entry, found));
}

/**
 * Whether a server that is built runs without the package at `path` of the lock file: what only
 * devDependencies lead to, and Next's compiler and picture tools, which its production server never
 * loads (no page has a picture that is made smaller).
 * @param {string} path
 * @param {{ dev?: boolean, devOptional?: boolean }} entry
 */
export function isForBuilding(path, { dev, devOptional }) {
  return Boolean(dev || devOptional) || /^node_modules\/(@next\/swc-|@img\/|sharp$)/.test(path);
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
    const record = join(directory, "node_modules", ".package-lock.json");
    return JSON.parse(readFileSync(record, "utf8")).packages;
  } catch {
    return {};
  }
}
