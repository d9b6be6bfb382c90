import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const tops = ["app", "components", "emails", "lib", "prisma"];

type Import = { from: string; to: string };

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (path.endsWith(join("lib", "generated"))) return [];
    return statSync(path).isDirectory() ? filesUnder(path) : /\.tsx?$/.test(name) ? [path] : [];
  });
}

const files = tops
  .flatMap((top) => filesUnder(join(root, top)))
  .map((path) => relative(root, path));
const product = files.filter((file) => !/\.test\.tsx?$|^lib\/testing\/|-for-tests\.ts$/.test(file));

const source = (file: string) => readFileSync(join(root, file), "utf8");

function importsOf(file: string): Import[] {
  const matches = source(file).matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g);
  return [...matches].map(([, written = ""]) => {
    if (written.startsWith("@/")) return { from: file, to: written.slice(2) };
    if (written.startsWith(".")) return { from: file, to: normalize(join(dirname(file), written)) };
    return { from: file, to: written };
  });
}

const imports = product.flatMap(importsOf);
const shown = (broken: Import[]) => broken.map(({ from, to }) => `${from} imports ${to}`);

const isRule = (file: string) => /^lib\/[\w-]+\/rules\//.test(file);
const isStore = (file: string) => /(^|\/|-)store\.ts$/.test(file);
const local = /^(app|components|emails|lib|prisma|scripts)\//;

test("rules import only rules", () => {
  const broken = imports.filter(({ from, to }) => isRule(from) && !isRule(to));
  expect(shown(broken)).toEqual([]);
});

test("rules ask neither the clock nor chance", () => {
  const broken = product
    .filter(isRule)
    .filter((file) => /Date\.now|new Date\(\)|Math\.random|process\.|crypto/.test(source(file)));
  expect(broken).toEqual([]);
});

// Beside the stores: what has no domain of its own.
const knowsDatabase = /^(lib\/(clean-up|health)\.ts|lib\/server\/.+|prisma\/(seed\.ts|demo\/.+))$/;

test("only a store knows the database", () => {
  const broken = imports.filter(
    ({ from, to }) => to === "lib/db/client" && !isStore(from) && !knowsDatabase.test(from),
  );
  expect(shown(broken)).toEqual([]);
});

test("pages import steps, auth and components, never rules, stores or the database", () => {
  // A session as pages are handed it is a type of its store.
  const allowed = new Set(["lib/account/session-store"]);
  const broken = imports.filter(
    ({ from, to }) =>
      from.startsWith("app/") &&
      !allowed.has(to) &&
      (isRule(to) ||
        isStore(`${to}.ts`) ||
        to === "lib/db/client" ||
        to.startsWith("lib/generated/")),
  );
  expect(shown(broken)).toEqual([]);
});

test("components import only components, so that they could ship in another product", () => {
  const broken = imports.filter(
    ({ from, to }) =>
      from.startsWith("components/") && local.test(to) && !to.startsWith("components/"),
  );
  expect(shown(broken)).toEqual([]);
});

test("mail templates import only react-email, react and each other", () => {
  const broken = imports.filter(
    ({ from, to }) =>
      from.startsWith("emails/") && !to.startsWith("emails/") && !/^react(-email)?$/.test(to),
  );
  expect(shown(broken)).toEqual([]);
});

test("nothing outside app imports app", () => {
  const broken = imports.filter(
    ({ from, to }) => !from.startsWith("app/") && to.startsWith("app/"),
  );
  expect(shown(broken)).toEqual([]);
});

test("only client-ip and the gate read forwarding headers", () => {
  const broken = product
    .filter((file) => file !== "lib/client/client-ip.ts" && !file.startsWith("lib/server/gate"))
    .filter((file) => /["'`]x-(forwarded|real)|["'`]forwarded["'`]/i.test(source(file)));
  expect(broken).toEqual([]);
});

test("folders under lib are at most three deep", () => {
  expect(product.filter((file) => file.startsWith("lib/") && file.split("/").length > 4)).toEqual(
    [],
  );
});

test("there are no barrels and no utils", () => {
  const broken = product.filter(
    (file) =>
      /(^|\/)(utils?|helpers?|index)\.tsx?$/.test(file) || /^export \* from/m.test(source(file)),
  );
  expect(broken).toEqual([]);
});

test("every file has one subject: at most 250 lines", () => {
  expect(product.filter((file) => source(file).split("\n").length > 251)).toEqual([]);
});
