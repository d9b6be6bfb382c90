import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tryLock } from "@/lib/machine/file-lock.mjs";
import { lockFile } from "@/lib/machine/kernel-lock.mjs";
import { root } from "@/lib/machine/project.mjs";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "portaria-waiting-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const tool = (path: string) => JSON.stringify(join(root, "lib", path));
const heard = `
  import { quitOnSignal } from ${tool("machine/signals.mjs")};
  quitOnSignal();
  const log = { info: console.log, warn: console.log, error: console.log };
`;

// Each waits as a start does, and says so first.
const waits: { what: string; before: () => (() => void) | undefined; script: string }[] = [
  {
    what: "for another start that prepares the project",
    before: () => tryLock(join(directory, "prepare.lock")).release,
    script: `
      import { waitForLock } from ${tool("machine/file-lock.mjs")};
      await waitForLock(process.argv[1] + "/prepare.lock", () => console.log("waits"));`,
  },
  {
    what: "for a sign of life of another machine",
    before: () => {
      const other = { pid: 1, host: "other", machine: "another", space: "pid" };
      writeFileSync(join(directory, "portaria.lock"), JSON.stringify(other));
      return undefined;
    },
    script: `
      import { lockDataDirectory } from ${tool("data-directory/data-directory.mjs")};
      await lockDataDirectory(process.argv[1], { log });`,
  },
  {
    what: "for a PostgreSQL that cannot be seen",
    before: () => {
      mkdirSync(join(directory, "global"));
      writeFileSync(join(directory, "PG_VERSION"), "18\n");
      writeFileSync(join(directory, "global", "pg_control"), "");
      return tryLock(join(directory, "global", "pg_control")).release;
    },
    script: `
      import { claimCluster } from ${tool("embedded-database/leftover.mjs")};
      await claimCluster(process.argv[1], log);`,
  },
];

test.each(
  waits.flatMap((wait) =>
    (["SIGINT", "SIGTERM", "SIGHUP"] as const).map((signal) => ({ ...wait, signal })),
  ),
)("a start that waits $what ends with $signal", async ({ before, script: waiting, signal }) => {
  const release = before();
  const child = spawn(process.execPath, ["--input-type=module", "-e", heard + waiting, directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.kill(signal);
  expect(await ended).toBe(signal === "SIGINT" ? 130 : 143);
  release?.();
});

test("a file that is another one at each look is locked at last, as far as that goes", () => {
  const path = join(directory, "lock");
  // Puts another file there between our opening and our lock, whenever that is tried.
  const bin = join(directory, "bin");
  mkdirSync(bin);
  const real = process.env.PATH ?? "";
  writeFileSync(
    join(bin, "flock"),
    `#!/bin/sh\necho try >> "${path}.tries"\nrm -f "${path}"; : > "${path}"\nPATH="${real}" exec flock "$@"\n`,
  );
  chmodSync(join(bin, "flock"), 0o755);
  process.env.PATH = `${bin}:${real}`;
  try {
    expect(lockFile(path, { create: true })).toMatchObject({ sure: false });
  } finally {
    process.env.PATH = real;
  }
  expect(readFileSync(`${path}.tries`, "utf8").split("\n").length - 1).toBe(20);
});
