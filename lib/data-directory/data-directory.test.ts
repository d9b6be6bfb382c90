import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prepareDataDirectory } from "@/lib/data-directory/data-directory.mjs";
import { root } from "@/lib/machine/project.mjs";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { freePort } from "@/lib/testing/free-port";
import { isSkipped } from "@/lib/testing/skipping";

const parent = mkdtempSync(join(tmpdir(), "portaria-places-"));
const at = (...names: string[]) => join(parent, ...names);
const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === "linux";

beforeAll(() => {
  writeFileSync(at("file"), "");
  execFileSync("mkfifo", [at("fifo")]);
  symlinkSync(at("gone"), at("dangling"));
  symlinkSync(at("other"), at("loop"));
  symlinkSync(at("loop"), at("other"));
  mkdirSync(at("lock-is-a-directory", "portaria.lock"), { recursive: true });
  mkdirSync(at("closed"), { mode: 0o000 });
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

type Directory = { what: string; path: string; because: RegExp; onlyIf?: boolean };
const nowhere = /cannot be made there, or is a link that leads nowhere/;
const file = /is a file and not a directory/;
const rights = /may not read and write there/;
const directories: Directory[] = [
  { what: "/proc", path: "/proc", because: nowhere, onlyIf: isLinux && isRoot },
  { what: "below /proc", path: "/proc/x", because: nowhere, onlyIf: isLinux },
  { what: "far below /proc", path: "/proc/x/y/z", because: nowhere, onlyIf: isLinux },
  { what: "of open files", path: "/proc/self/fd", because: /cannot be/, onlyIf: isLinux },
  { what: "below /sys", path: "/sys/x/y", because: /cannot be used/, onlyIf: isLinux },
  { what: "of no bytes", path: "/dev/null", because: file },
  { what: "below that", path: "/dev/null/x", because: file },
  { what: "of everything", path: "/", because: /is the whole file system/ },
  { what: "of a file", path: at("file"), because: file },
  { what: "below a file", path: at("file", "x", "y"), because: file },
  { what: "of a FIFO", path: at("fifo"), because: file },
  { what: "of a link to nowhere", path: at("dangling"), because: nowhere },
  { what: "below a link to nowhere", path: at("dangling", "x", "y"), because: nowhere },
  { what: "of a loop of links", path: at("loop"), because: nowhere },
  { what: "below a loop of links", path: at("loop", "x"), because: nowhere },
  { what: "with a name too long", path: at("n".repeat(256)), because: /its path is too long/ },
  { what: "too long", path: at("made", "d/".repeat(2100)), because: /its path is too long/ },
  { what: "of somebody else", path: at("closed"), because: rights, onlyIf: !isRoot },
];
const here = directories.filter(({ onlyIf = true }) => onlyIf);

test.each(here)("a DATA_DIR $what is refused by a sentence, and nothing is made", (directory) => {
  const before = readdirSync(parent);
  expect(() => prepareDataDirectory(directory.path)).toThrow(directory.because);
  expect(() => prepareDataDirectory(directory.path)).toThrow(/^DATA_DIR=/);
  expect(readdirSync(parent)).toEqual(before);
});

test("what is made is made with all above it, and left empty", () => {
  const path = at("new", "below", "it");
  expect(prepareDataDirectory(path)).toBe(path);
  expect(readdirSync(path)).toEqual([]);
});

// A file system of its own takes the right to mount one, which namespaces give where they may be made.
const small = ["unshare", "--mount", "--map-root-user"];
const mayMount =
  isLinux &&
  spawnSync(small[0] ?? "", [...small.slice(1), "true"], { stdio: "ignore" }).status === 0;

test
  .skipIf(isSkipped(!mayMount, "full and read-only file systems; none may be mounted here."))
  .each([
    { what: "full", options: "size=4k", fill: true, because: /the disk is full/ },
    { what: "read-only", options: "ro", fill: false, because: /read-only file system/ },
  ])("a $what file system is reported", ({ options, fill, because }) => {
  const mount = at("mount");
  mkdirSync(mount, { recursive: true });
  const script = `
    mount -t tmpfs -o ${options} tmpfs "${mount}"
    ${fill ? `head -c 4096 /dev/zero > "${mount}/taken"` : ""}
    exec "${process.execPath}" --input-type=module -e '
      import { prepareDataDirectory } from "${join(root, "lib", "data-directory", "data-directory.mjs")}";
      try { prepareDataDirectory("${mount}"); } catch (error) { console.log(error.message); }'`;
  const { stdout } = spawnSync(small[0] ?? "", [...small.slice(1), "sh", "-c", script], {
    encoding: "utf8",
  });
  expect(stdout).toMatch(because);
});

async function run(script: string, settings: Record<string, string>, words: string[] = []) {
  const port = String(await freePort());
  const child = spawn(process.execPath, [join(root, "scripts", script), ...words], {
    cwd: root,
    env: { ...withoutSettings(process.env), PORT: port, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => {
      said += text;
    });
  const code = await new Promise((resolve) => child.once("close", resolve));
  return { code, said };
}

const start = { script: "start.mjs", words: [] as string[] };
const beside = [
  { script: "worker.mjs", words: [] },
  { script: "staff.mjs", words: ["list"] },
  { script: "audit.mjs", words: ["verify"] },
];

test.each([
  ...[...(isLinux ? ["/proc/x"] : []), "/dev/null", at("loop", "x"), at("n".repeat(256))].map(
    (dataDir) => ({ ...start, dataDir }),
  ),
  ...beside.map((command) => ({ ...command, dataDir: isLinux ? "/proc/x" : at("loop", "x") })),
  ...beside.map((command) => ({ ...command, dataDir: at("lock-is-a-directory") })),
])("$script with DATA_DIR=$dataDir ends with 1 and one line", async (one) => {
  const { code, said } = await run(one.script, { DATA_DIR: one.dataDir }, one.words);
  expect(said).toMatch(/^[^\n]*(DATA_DIR=|database\.json cannot be read: )[^\n]*\n$/);
  expect(code).toBe(1);
});

test.each([isLinux ? "/proc/x" : at("loop", "x"), at("lock-is-a-directory")])(
  "doctor.mjs with DATA_DIR=%s says so in the line of the database, and ends with 1",
  async (dataDir) => {
    const { code, said } = await run("doctor.mjs", { DATA_DIR: dataDir });
    expect(said).toMatch(/^wrong +database +.*(DATA_DIR=|database\.json cannot be read: )/m);
    expect(said).toMatch(/^ok +settings /m);
    expect(code).toBe(1);
  },
);
