import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { OperatorError } from "../machine/operator-error.mjs";
import { alone, root } from "../machine/project.mjs";
import { currentBuild, finishPart, holdBuild } from "./builds.mjs";
import { copyPrismaClient, prismaClient } from "./prisma-client.mjs";

/** Whether the code that commands load is compiled from these very sources. */
export function isCompiled() {
  return isWhole(currentBuild());
}

/** Compiles it unless it is; takes a second, and needs all packages, see `ensureInstalled`. */
export async function ensureCompiled() {
  if (isCompiled()) return;
  await alone(async () => {
    const build = currentBuild({ anew: true });
    if (!isWhole(build)) await compile(build);
  });
}

/**
 * Imports a module that commands begin with, as it was compiled: `start`, `staff-command`, `env`, …
 * Call `ensureCompiled` before; sources that change meanwhile do not matter.
 * @param {string} name of a file of `entryPoints`
 */
export function loadCompiled(name) {
  return import(pathToFileURL(join(found, "code", `${name}.mjs`)).href);
}

let found;
function isWhole({ directory }) {
  if (!holdBuild(directory, "code")) return false;
  found = directory;
  return true;
}

async function compile(build) {
  const code = join(build.directory, "code");
  rmSync(code, { recursive: true, force: true });
  const { build: bundle } = await import("esbuild");
  try {
    await bundle({
      absWorkingDir: root,
      entryPoints: entryPoints(),
      outdir: code,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20.19",
      // What is loaded stays in memory as text: without comments, and a byte a character.
      minifyWhitespace: true,
      legalComments: "none",
      // Lines of a stack are those of the sources, without a copy of them.
      sourcemap: true,
      sourcesContent: false,
      // Packages of the older kind ask for Node's own modules by it.
      banner: {
        js: 'import { createRequire as requireHere } from "node:module"; const require = requireHere(import.meta.url);',
      },
      plugins: [leaveOutside(new Set([...runtimePackages(), prismaClient]))],
      logLevel: "silent",
    });
    await compileScripts(join(code, "scripts"));
  } catch (error) {
    throw new OperatorError(`${error.message}\nThe server's code could not be compiled.`);
  }
  copyPrismaClient(build.directory);
  finishPart(build, "code");
  found = build.directory;
}

/** The modules that commands begin with, by the names that `loadCompiled` takes. */
export function entryPoints() {
  const commands = ["start", "backup"].flatMap((folder) =>
    readdirSync(join(root, "lib", folder))
      .filter((name) => /^start(-worker)?\.ts$|-command\.ts$/.test(name))
      .map((name) => join("lib", folder, name)),
  );
  return Object.fromEntries(
    ["lib/env/env.ts", ...commands].map((path) => [path.replace(/^.*\/|\.ts$/g, ""), path]),
  );
}

/** Compiles what runs in browsers into a directory. Needs all packages. */
export async function compileScripts(directory) {
  const { build: bundle } = await import("esbuild");
  await bundle({
    absWorkingDir: root,
    entryPoints: scriptFiles(),
    outdir: directory,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    // Whatever runs a module at all; an older browser has the pages without scripts.
    target: "es2017",
    logLevel: "silent",
  });
}

/** What pages ask for by name: `ScriptName` of components/own-script.tsx. */
function scriptFiles() {
  const plain = [
    ...["live-refresh", "mail-preview", "open-by-fragment", "page", "passkey"],
    ...["seen-version", "select-search"],
  ];
  return Object.fromEntries([
    ...plain.map((name) => [name, join("components", "scripts", `${name}.ts`)]),
    // Reads and writes the notation of mails, which no component knows.
    ["mail-editor", join("lib", "templates", "editor", "mail-editor.ts")],
  ]);
}

// What is plain JavaScript of ours knows its folder by where it is; what package.json calls a
// dependency is there when the server runs. All else becomes part of the code.
function leaveOutside(packages) {
  return {
    name: "leave-outside",
    setup(bundling) {
      bundling.onResolve({ filter: /^@\/lib\/.+\.mjs$/ }, ({ path }) => ({
        path: path.replace("@/", "../../../"),
        external: true,
      }));
      bundling.onResolve({ filter: /^[^./]/ }, ({ path }) => {
        const [name] = path.match(/^(@[^/]+\/)?[^/]+/) ?? [];
        return packages.has(name) ? { path, external: true } : undefined;
      });
    },
  };
}

function runtimePackages() {
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return new Set(Object.keys(dependencies));
}
