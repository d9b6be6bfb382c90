import { closeSync, fsyncSync, ftruncateSync, readFileSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { lockFile } from "./kernel-lock.mjs";
import { machineId, processSpace } from "./process-identity.mjs";

/**
 * What holds a lock, as it says itself.
 * @typedef {{ pid: number, host: string, machine: string, space: string }} Holder
 */

const passedOn = new Set();

/**
 * Takes the lock at `path` for this process without waiting. Returns `{ release, sure, fd }`, or
 * `{ holder }` when another has it, wherever that runs. The lock of a dead process is free. The file
 * stays behind, empty.
 *
 * @param {string} path
 * @param {{ passOn?: boolean }} [options] passOn: programs that `runTool` starts hold it too, so that
 *   it outlives us by as long as they work
 */
export function tryLock(path, { passOn = false } = {}) {
  const locked = lockFile(path, { create: true });
  if (locked === "taken") return { holder: readHolder(path) };
  const { fd, sure } = locked;
  if (sure) writeInto(fd, JSON.stringify(ourselves()));
  if (passOn) passedOn.add(fd);
  return {
    fd,
    sure,
    release() {
      passedOn.delete(fd);
      if (sure) ftruncateSync(fd);
      closeSync(fd);
    },
  };
}

/**
 * As `tryLock`, but waits; `onWait(holder)` is called once, when there is something to wait for.
 */
export async function waitForLock(path, onWait, options) {
  for (let called = false; ; called = true) {
    const lock = tryLock(path, options);
    if (lock.release) return lock;
    if (!called) onWait?.(lock.holder);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Whether anybody holds the lock at `path`; looking disturbs nothing that takes it in earnest. */
export function isLocked(path) {
  try {
    const looked = lockFile(path, { shared: true });
    if (looked === "taken") return true;
    closeSync(looked.fd);
    return !looked.sure && readHolder(path) !== undefined;
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
}

/** The descriptors of locks that the programs we run hold with us. */
export function locksToPassOn() {
  return [...passedOn];
}

/** What a lock file says of its holder; undefined when it says nothing. */
export function readHolder(path) {
  try {
    const holder = JSON.parse(readFileSync(path, "utf8"));
    return Number.isInteger(holder?.pid) ? holder : undefined;
  } catch {
    return undefined;
  }
}

/** Puts a text where an open file held another, so that other machines see it too. */
export function writeInto(fd, text) {
  const bytes = Buffer.from(`${text}\n`);
  writeSync(fd, bytes, 0, bytes.length, 0);
  ftruncateSync(fd, bytes.length);
  fsyncSync(fd);
}

/** This process, as its locks name it. */
export function ourselves() {
  return { pid: process.pid, host: hostname(), machine: machineId(), space: processSpace() };
}

/** A holder in words: "process 7", or where it is when its number would mislead here. */
export function nameHolder(holder) {
  if (holder === undefined) return "another process";
  if (holder.machine !== machineId()) return `a server on the machine ${holder.host}`;
  if (holder.space !== processSpace())
    return `a server in another container or process namespace (${holder.host})`;
  return `process ${holder.pid}`;
}
