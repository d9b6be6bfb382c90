import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isLocked, tryLock } from "@/lib/machine/file-lock.mjs";
import { lockFile } from "@/lib/machine/kernel-lock.mjs";
import { root } from "@/lib/machine/project.mjs";
import { runTool } from "@/lib/machine/run-tool.mjs";

let directory: string;
let path: string;
let children: ChildProcess[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "portaria-lock-"));
  path = join(directory, "lock");
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children = [];
  rmSync(directory, { recursive: true, force: true });
});

const gone = JSON.stringify({ pid: 2 ** 22 + 1, host: "away", machine: "boot", space: "pid" });

// Says "mine" or "taken" and keeps the lock until its input ends.
const contender = `
  import { tryLock } from ${JSON.stringify(join(root, "lib", "machine", "file-lock.mjs"))};
  process.stdout.write(tryLock(process.argv[1]).release ? "mine" : "taken");
  process.stdin.resume();
`;

function startContender() {
  const child = spawn(process.execPath, ["--input-type=module", "-e", contender, path]);
  children.push(child);
  const word = new Promise<string>((resolve) => child.stdout.once("data", (w) => resolve(`${w}`)));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return { child, word, ended };
}

test("a lock has one holder at a time, and is free again once released", () => {
  const first = tryLock(path);
  expect(first.release).toBeDefined();
  expect(tryLock(path)).toMatchObject({ holder: { pid: process.pid } });
  expect(isLocked(path)).toBe(true);
  first.release?.();
  expect(isLocked(path)).toBe(false);
  expect(tryLock(path).release).toBeDefined();
});

test("a lock nobody ever took is not held, and looking makes no file", () => {
  expect(isLocked(path)).toBe(false);
  expect(readdirSync(directory)).toEqual([]);
});

test("the lock of a process that was killed is free at once, whatever its file still says", async () => {
  const { child, word, ended } = startContender();
  expect(await word).toBe("mine");
  expect(isLocked(path)).toBe(true);
  child.kill("SIGKILL");
  await ended;
  expect(JSON.parse(readFileSync(path, "utf8")).pid).toBe(child.pid);
  expect(isLocked(path)).toBe(false);
  expect(tryLock(path).release).toBeDefined();
  expect(readdirSync(directory)).toEqual(["lock"]);
});

test.each(["", "{", "null", '{"pid":1}', gone])(
  "what the file says (%j) neither makes a lock nor ends one: its holder may be out of sight",
  async (text) => {
    writeFileSync(path, text);
    expect(isLocked(path)).toBe(false);
    const { word } = startContender();
    expect(await word).toBe("mine");
    writeFileSync(path, text);
    expect(isLocked(path)).toBe(true);
    expect(tryLock(path).release).toBeUndefined();
  },
);

test("a tool that we run holds our lock too, and keeps it when we are gone", async () => {
  const lock = tryLock(path, { passOn: true });
  const pidFile = join(directory, "pid");
  const script = `fs.writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1e6)`;
  const tool = runTool(process.execPath, ["-e", script]);
  lock.release?.();
  expect(isLocked(path)).toBe(true);
  const pid = () => (existsSync(pidFile) ? Number(readFileSync(pidFile, "utf8")) : 0);
  await expect.poll(pid).toBeGreaterThan(0);
  process.kill(pid(), "SIGKILL");
  await tool;
  expect(isLocked(path)).toBe(false);
});

test("those that share a lock keep out what wants it alone, and the other way round", () => {
  writeFileSync(path, "");
  const readers = [lockFile(path, { shared: true }), lockFile(path, { shared: true })];
  expect(readers).not.toContain("taken");
  expect(lockFile(path)).toBe("taken");
  const other = join(directory, "other");
  expect(lockFile(other, { create: true })).not.toBe("taken");
  expect(lockFile(other, { shared: true })).toBe("taken");
});

test("of many that come for one lock at once, exactly one has it", async () => {
  for (const round of [0, 1, 2]) {
    if (round > 0) writeFileSync(path, gone);
    const rivals = Array.from({ length: 8 }, startContender);
    const words = await Promise.all(rivals.map(({ word }) => word));
    expect(words.filter((word) => word === "mine")).toHaveLength(1);
    for (const { child } of rivals) child.stdin.end();
    await Promise.all(rivals.map(({ ended }) => ended));
  }
});

test.each(["flock", "perl"])("%s alone is enough to take the lock", (program) => {
  const found = execFileSync("/bin/sh", ["-c", `command -v ${program} || true`], {
    encoding: "utf8",
  }).trim();
  const bin = mkdtempSync(join(directory, "bin-"));
  const before = process.env.PATH;
  const held = lockFile(path, { create: true });
  expect(held).not.toBe("taken");
  if (found !== "") symlinkSync(found, join(bin, program));
  process.env.PATH = bin;
  try {
    const answer = lockFile(path);
    // A system without the program cannot say that another has the lock: it is never sure then.
    if (found === "") expect(answer).toMatchObject({ sure: false });
    else expect(answer).toBe("taken");
  } finally {
    process.env.PATH = before;
  }
});
