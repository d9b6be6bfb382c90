import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockHolder, tryLock } from "@/scripts/file-lock.mjs";
import { processStart } from "@/scripts/process-identity.mjs";
import { root } from "@/scripts/project.mjs";

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "portaria-lock-"));
  path = join(directory, "lock");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const dead = (id: string) => JSON.stringify({ pid: 2 ** 22 + 1, start: "boot 1", id });

// Says "mine" or "taken" and keeps the lock until its input ends.
const contender = `
  import { tryLock } from ${JSON.stringify(join(root, "scripts", "file-lock.mjs"))};
  process.stdout.write(tryLock(process.argv[1]).release ? "mine" : "taken");
  process.stdin.resume();
`;

async function contend(count: number): Promise<string[]> {
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ["--input-type=module", "-e", contender, path]),
  );
  const words = await Promise.all(
    children.map(
      (child) =>
        new Promise<string>((resolve) => child.stdout.once("data", (word) => resolve(`${word}`))),
    ),
  );
  await Promise.all(
    children.map((child) => {
      child.stdin.end();
      return new Promise((resolve) => child.once("close", resolve));
    }),
  );
  return words;
}

test("a lock has one holder at a time, and is free again once released", () => {
  const first = tryLock(path);
  expect(first.release).toBeDefined();
  expect(tryLock(path)).toEqual({ holder: { pid: process.pid } });
  expect(lockHolder(path)).toEqual({ pid: process.pid });
  first.release?.();
  expect(lockHolder(path)).toBeUndefined();
  expect(tryLock(path).release).toBeDefined();
});

test("the lock of a dead process is taken over, and nothing but the lock is left behind", () => {
  writeFileSync(path, dead("a"));
  expect(tryLock(path).release).toBeDefined();
  expect(JSON.parse(readFileSync(path, "utf8")).pid).toBe(process.pid);
  expect(readdirSync(directory)).toEqual(["lock"]);
});

test("a pid that another process has now does not keep a dead lock alive", () => {
  const start = `${processStart(process.pid)}0`;
  writeFileSync(path, JSON.stringify({ pid: process.pid, start, id: "a" }));
  expect(tryLock(path).release).toBeDefined();
});

test.each(["", "{", "null", '{"pid":1}'])("a damaged lock (%j) counts as dead", (text) => {
  writeFileSync(path, text);
  expect(tryLock(path).release).toBeDefined();
});

test("a take-over that was killed half-way does not stop the next one", () => {
  writeFileSync(path, dead("a"));
  tryLock(path).release?.();
  writeFileSync(path, dead("a"));
  const claim = `${path}.after-8f7d88e901a5ad3a`;
  writeFileSync(claim, dead("b"));
  expect(tryLock(path).release).toBeDefined();
});

test("a release does not remove the lock of whoever came after", () => {
  const mine = tryLock(path);
  writeFileSync(path, dead("a"));
  mine.release?.();
  expect(readFileSync(path, "utf8")).toBe(dead("a"));
});

test("of many that take over one dead lock at once, exactly one has it", async () => {
  for (const round of ["a", "b", "c"]) {
    writeFileSync(path, dead(round));
    const words = await contend(8);
    expect(words.filter((word) => word === "mine")).toHaveLength(1);
  }
});
