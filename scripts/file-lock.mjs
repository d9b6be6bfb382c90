import { createHash, randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isSameProcess, processStart } from "./process-identity.mjs";

/**
 * Takes the lock file at `path` for this process without waiting. Returns `{ release }`, or
 * `{ holder: { pid } }` when a living process has it. The lock of a dead process is taken over,
 * by exactly one of those who try.
 */
export function tryLock(path) {
  const mine = `${JSON.stringify({ pid: process.pid, start: processStart(process.pid), id: randomUUID() })}\n`;
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, mine, { flag: "wx", mode: 0o644 });
  try {
    const holder = claim(path, draft);
    return holder ? { holder } : { release: () => release(path, mine) };
  } finally {
    rmSync(draft, { force: true });
  }
}

/** As `tryLock`, but waits; `onWait(holder)` is told once, when there is something to wait for. */
export async function waitForLock(path, onWait) {
  for (let told = false; ; told = true) {
    const lock = tryLock(path);
    if (lock.release) return lock;
    if (!told) onWait?.(lock.holder);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** The living process that holds the lock at `path`, if any. */
export function lockHolder(path) {
  const text = readText(path);
  return text === undefined ? undefined : livingHolder(text);
}

// A link appears whole or not at all, so nobody ever reads half a lock.
function claim(path, draft) {
  for (;;) {
    try {
      linkSync(draft, path);
      return undefined;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const text = readText(path);
    if (text === undefined) continue;
    const living = livingHolder(text);
    if (living) return living;
    const rival = replaceDead(path, text, draft);
    if (rival !== "again") return rival;
  }
}

// Who replaces one dead lock must hold the claim named after it; so only one does, and sees the rest.
function replaceDead(path, text, draft) {
  const claimPath = `${path}.after-${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
  const rival = claim(claimPath, draft);
  if (rival) return rival;
  try {
    if (readText(path) !== text) return "again";
    const copy = `${draft}.new`;
    linkSync(draft, copy);
    renameSync(copy, path);
    return undefined;
  } finally {
    rmSync(claimPath, { force: true });
  }
}

function release(path, mine) {
  if (readText(path) === mine) rmSync(path, { force: true });
}

function livingHolder(text) {
  try {
    const { pid, start } = JSON.parse(text);
    return isSameProcess(pid, start) ? { pid } : undefined;
  } catch {
    return undefined;
  }
}

function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}
