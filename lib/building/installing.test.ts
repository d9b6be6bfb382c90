import { type ChildProcess, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
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
import {
  type LockEntry,
  type PackageRegistry,
  startPackageRegistry,
} from "@/lib/testing/package-registry";
import { copyTools } from "@/lib/testing/tools-copy";

// A project of three small packages, installed by the real npm from a registry of the test's own.
let folder: string;
let project: string;
let registry: PackageRegistry;
let started: ChildProcess[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "portaria-installing-"));
  project = join(folder, "project");
  mkdirSync(project);
  copyTools(project);
  registry = await startPackageRegistry(folder);
  wants("1.0.0");
});
afterEach(() => {
  for (const child of started) child.kill("SIGKILL");
  started = [];
  registry.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** Lets the lock file name the packages one, two and, for building, tool in this version. */
function wants(version: string, names = ["one", "two", "tool"]) {
  const entries = names.map((name): [string, LockEntry] => [name, registry.publish(name, version)]);
  const versions = (dev: boolean) =>
    Object.fromEntries(
      entries.filter(([name]) => (name === "tool") === dev).map(([name]) => [name, version]),
    );
  const own = { name: "project", version: "1.0.0" };
  const asks = { dependencies: versions(false), devDependencies: versions(true) };
  const packages = Object.fromEntries(
    entries.map(([name, entry]) => [
      `node_modules/${name}`,
      { ...entry, ...(name === "tool" ? { dev: true } : {}) },
    ]),
  );
  writeFileSync(join(project, "package.json"), JSON.stringify({ ...own, type: "module", ...asks }));
  writeFileSync(
    join(project, "package-lock.json"),
    JSON.stringify({
      ...own,
      lockfileVersion: 3,
      requires: true,
      packages: { "": { ...own, ...asks }, ...packages },
    }),
  );
}

const ensure = `
  import { ensureInstalled } from "./lib/building/install.mjs";
  try {
    await ensureInstalled();
    console.log("installed");
  } catch (error) {
    console.log(error.name + ": " + error.message);
  }
`;

/** A start that installs; `said` is all it printed. */
function startInstalling(settings: Record<string, string> = {}, more: string[] = []) {
  const child = spawn(process.execPath, [...more, "--input-type=module", "-e", ensure], {
    cwd: project,
    env: {
      ...process.env,
      npm_config_cache: join(folder, "cache"),
      npm_config_fetch_retries: "0",
      ...settings,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(child);
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
  });
  const said = new Promise<string>((resolve) => child.once("close", () => resolve(text.trim())));
  return { child, said };
}

/** What stands in node_modules, by version; what npm and we note there is left out. */
function installed(modules = join(project, "node_modules")) {
  const names = readdirSync(modules).filter((name) => !/^\.(bin|package-lock\.json)$/.test(name));
  return Object.fromEntries(
    names.map((name) => {
      const file = join(modules, name, "index.js");
      return [name, existsSync(file) ? readFileSync(file, "utf8").slice(18, 23) : "incomplete"];
    }),
  );
}

const all = (version: string) => ({ one: version, two: version, tool: version });

test.each<{ how: string; settings: Record<string, string> }>([
  { how: "as npm is by default", settings: {} },
  { how: "with NODE_ENV=production", settings: { NODE_ENV: "production" } },
  { how: "with omit=dev", settings: { npm_config_omit: "dev" } },
  { how: "with production=true", settings: { npm_config_production: "true" } },
  {
    how: "called with --prefix",
    settings: { npm_config_prefix: "/nowhere", npm_config_local_prefix: "/nowhere" },
  },
  {
    how: "called with --global",
    settings: { npm_config_global: "true", npm_config_location: "global" },
  },
])("the first installation has what building needs, $how", async ({ settings }) => {
  expect(await startInstalling(settings).said).toMatch(/installed$/);
  expect(installed()).toEqual(all("1.0.0"));
});

test("new packages replace the old ones, and those no longer wanted go", async () => {
  await startInstalling().said;
  wants("2.0.0", ["two", "tool", "three"]);
  expect(await startInstalling().said).toMatch(/installed$/);
  expect(installed()).toEqual({ two: "2.0.0", tool: "2.0.0", three: "2.0.0" });
});

test.each([
  { fault: "a package that is cut off", spoil: () => registry.spoil("two", "cut") },
  { fault: "a registry that is away", spoil: () => registry.close() },
])("after $fault node_modules is as it was, and a sentence says so", async ({ spoil }) => {
  await startInstalling().said;
  wants("2.0.0");
  spoil();
  const said = await startInstalling().said;
  expect(said).toMatch(
    /\nThe packages could not be installed: .*\. What was installed before is as it was\.$/,
  );
  expect(installed()).toEqual(all("1.0.0"));
});

test.each(["SIGKILL", "SIGINT", "SIGTERM"] as const)(
  "an installation ended by %s leaves what worked, and the next cleans up",
  async (signal) => {
    await startInstalling().said;
    wants("2.0.0");
    registry.spoil("two", "hangs");
    const asked = registry.nextAsked("two");
    const { child, said } = startInstalling();
    await asked;
    child.kill(signal);
    await said;
    const { ".portaria-new": _, ...left } = installed();
    expect(left).toEqual(all("1.0.0"));
    // npm, left behind by a kill, is waited for: it has the lock.
    registry.spoil("two", "none");
    registry.close();
    registry = await startPackageRegistry(folder);
    wants("3.0.0");
    expect(await startInstalling().said).toMatch(/installed$/);
    expect(installed()).toEqual(all("3.0.0"));
  },
);

/** A process that runs in the project: loads a package when it is asked to, and says its version. */
function startLoading() {
  const script = `
    process.stdin.on("data", async (name) => console.log((await import(String(name))).default));
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    cwd: project,
    stdio: ["pipe", "pipe", "inherit"],
  });
  started.push(child);
  return (name: string) =>
    new Promise<string>((resolve) => {
      child.stdout.once("data", (version) => resolve(String(version).trim()));
      child.once("close", () => resolve("ended"));
      child.stdin.write(name);
    });
}

test("a server that runs meanwhile loads its own packages until the new ones are whole, and goes on", async () => {
  await startInstalling().said;
  const load = startLoading();
  wants("2.0.0");
  registry.spoil("two", "hangs");
  const asked = registry.nextAsked("two");
  const { said } = startInstalling();
  await asked;
  expect(await load("one")).toBe("1.0.0");
  registry.close();
  await said;
  expect(await load("two")).toBe("1.0.0");
  registry = await startPackageRegistry(folder);
  wants("2.0.0");
  expect(await startInstalling().said).toMatch(/installed$/);
  expect(await load("one")).toBe("1.0.0");
  expect(await load("tool")).toBe("2.0.0");
}, 60_000);

test("two starts at once install once", async () => {
  const said = await Promise.all([startInstalling().said, startInstalling().said]);
  for (const one of said) expect(one).toMatch(/installed$/);
  expect(registry.asked.filter((name) => name === "one")).toHaveLength(1);
  expect(installed()).toEqual(all("1.0.0"));
});

test("a node_modules that is a link to another folder stays one", async () => {
  const elsewhere = join(folder, "elsewhere");
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, join(project, "node_modules"));
  expect(await startInstalling().said).toMatch(/installed$/);
  wants("2.0.0");
  expect(await startInstalling().said).toMatch(/installed$/);
  expect(lstatSync(join(project, "node_modules")).isSymbolicLink()).toBe(true);
  expect(installed(elsewhere)).toEqual(all("2.0.0"));
});

// Ends the process as kill -9 does, before the given one of its renames.
const killer = `data:text/javascript,${encodeURIComponent(`
  import fs from "node:fs";
  import { syncBuiltinESMExports } from "node:module";
  const rename = fs.renameSync;
  let left = Number(process.env.KILL_AT);
  fs.renameSync = (...args) => (left-- === 0 ? process.kill(process.pid, "SIGKILL") : rename(...args));
  syncBuiltinESMExports();
`)}`;

test("killed at whichever moment of the swap, the next start finds or makes it whole", async () => {
  await startInstalling().said;
  wants("2.0.0", ["two", "tool", "three"]);
  const wanted = { two: "2.0.0", tool: "2.0.0", three: "2.0.0" };
  const before = join(folder, "before");
  cpSync(join(project, "node_modules"), before, { recursive: true });
  let killed = 0;
  for (let moment = 0; ; moment++) {
    rmSync(join(project, "node_modules"), { recursive: true });
    cpSync(before, join(project, "node_modules"), { recursive: true });
    const { child, said } = startInstalling({ KILL_AT: String(moment) }, ["--import", killer]);
    await said;
    if (child.signalCode !== "SIGKILL") break;
    killed++;
    if (moment === 0) expect(installed()).toMatchObject(all("1.0.0"));
    else registry.asked.length = 0;
    expect(await startInstalling().said).toMatch(/installed$/);
    expect(installed()).toEqual(wanted);
    // From the first rename of a package on nothing has to be fetched again.
    if (moment > 0) expect(registry.asked).toEqual([]);
  }
  expect(killed).toBeGreaterThan(6);
}, 180_000);
