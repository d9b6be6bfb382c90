import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { root } from "../machine/project.mjs";

export const prismaClient = "@prisma/client";

// Of 73 MB these 7 serve PostgreSQL; the rest are engines for other databases, and declarations.
const files = /^(client|index-browser|query_compiler_fast_bg\.postgresql(\.wasm-base64)?)\.m?js$/;

/**
 * Puts what a running server needs of Prisma's client into the build. The package itself is a
 * development one, for with it npm installs its whole command line. It stays a package, and one: the
 * pages and the code share connections, and fragments of SQL made by another copy would not be known.
 * @param {string} directory of the build
 */
export function copyPrismaClient(directory) {
  const to = join(directory, "node_modules", prismaClient);
  const from = join(root, "node_modules", prismaClient);
  rmSync(to, { recursive: true, force: true });
  mkdirSync(join(to, "runtime"), { recursive: true });
  cpSync(join(from, "package.json"), join(to, "package.json"));
  cpSync(join(from, "LICENSE"), join(to, "LICENSE"));
  for (const name of readdirSync(join(from, "runtime")))
    if (files.test(name)) cpSync(join(from, "runtime", name), join(to, "runtime", name));
  unpackCompiler(join(to, "runtime"));
  const needed = join("node_modules", "@prisma", "client-runtime-utils");
  cpSync(join(root, needed), join(directory, needed), { recursive: true });
}

const compiler = "query_compiler_fast_bg.postgresql";

/**
 * Puts the compiler of queries beside its module as bytes: written into it as text it is in memory twice,
 * with nine megabytes, as long as the process lives.
 */
function unpackCompiler(runtime) {
  const [module, plain] = [`${compiler}.wasm-base64.mjs`, `${compiler}.wasm-base64.js`];
  const [, text] =
    /\bwasm = ["'`]([A-Za-z0-9+/=]+)["'`]/.exec(readFileSync(join(runtime, module), "utf8")) ?? [];
  // Another version of Prisma writes it in another way: then it stays as it is.
  if (text === undefined) return;
  writeFileSync(join(runtime, `${compiler}.wasm`), Buffer.from(text, "base64"));
  writeFileSync(
    join(runtime, module),
    [
      'import { readFileSync } from "node:fs";',
      `export const wasm = readFileSync(new URL("${compiler}.wasm", import.meta.url));`,
      "",
    ].join("\n"),
  );
  rmSync(join(runtime, plain), { force: true });
}

/** Lets the pages load the same copy: Next made a link of its own to the package it found. */
export function linkPrismaClient(directory) {
  const links = join(directory, "pages", "node_modules", "@prisma");
  if (!existsSync(links)) return;
  for (const name of readdirSync(links).filter((name) => name.startsWith("client-"))) {
    rmSync(join(links, name));
    symlinkSync(join("..", "..", "..", "node_modules", prismaClient), join(links, name));
  }
}
