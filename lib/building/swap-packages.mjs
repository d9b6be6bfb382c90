import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

// Inside node_modules, for it may be a file system of its own (a volume, a link), and only within one
// can files be exchanged at once.
const stageName = ".portaria-new";

/** Where packages are installed before they replace those in `packages`, a node_modules. */
export function stageOf(packages) {
  return join(packages, stageName);
}

/**
 * Removes what an installation that was cut off has left. Of a swap that was cut off nothing is: what
 * it replaced stands there too.
 */
export function dropLeftover(packages) {
  if (!isHalfSwapped(packages)) rmSync(stageOf(packages), { recursive: true, force: true });
}

/**
 * Puts the packages that stand whole in the stage instead of those in `packages`. From the first
 * change on it can only be finished: by `finishSwap`, where this process is killed.
 */
export function swapIn(packages) {
  const names = readdirSync(join(stageOf(packages), "node_modules"));
  const list = listOf(packages);
  writeFileSync(`${list}.draft`, JSON.stringify(names), { flush: true });
  renameSync(`${list}.draft`, list);
  finishSwap(packages);
}

/** Whether a swap was cut off, so that `packages` holds some of each. */
export function isHalfSwapped(packages) {
  return existsSync(listOf(packages));
}

/** Finishes a swap that was cut off; where none was begun, nothing happens. */
export function finishSwap(packages) {
  if (!isHalfSwapped(packages)) return;
  const names = new Set(JSON.parse(readFileSync(listOf(packages), "utf8")));
  const fresh = join(stageOf(packages), "node_modules");
  const replaced = join(stageOf(packages), "replaced");
  mkdirSync(replaced, { recursive: true });
  for (const name of names) {
    if (!existsSync(join(fresh, name))) continue;
    // One by one, so that a server that runs here misses each package for no more than a moment.
    if (existsSync(join(packages, name))) renameSync(join(packages, name), join(replaced, name));
    renameSync(join(fresh, name), join(packages, name));
  }
  for (const name of readdirSync(packages))
    if (name !== stageName && !names.has(name))
      renameSync(join(packages, name), join(replaced, name));
  rmSync(listOf(packages));
  dropLeftover(packages);
}

// Its being there says that the stage is whole and the swap has begun.
function listOf(packages) {
  return join(stageOf(packages), "whole.json");
}
