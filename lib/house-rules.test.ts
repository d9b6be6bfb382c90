import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const tops = ["app", "components", "emails", "lib", "prisma", "scripts"];

type Import = { from: string; to: string };

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (path.endsWith(join("lib", "generated"))) return [];
    return statSync(path).isDirectory()
      ? filesUnder(path)
      : /\.(tsx?|mjs)$/.test(name)
        ? [path]
        : [];
  });
}

const files = tops
  .flatMap((top) => filesUnder(join(root, top)))
  .map((path) => relative(root, path));
const product = files.filter((file) => !/\.test\.tsx?$|^lib\/testing\//.test(file));

/**
 * The floors of the house, from the ground up. A folder imports its own floor and those below, and no
 * folders import each other in a circle. A name is a folder of `lib/`, a file there, or a folder at the
 * top. README ("The house") has the same order.
 */
const floors = {
  outside: ["components", "emails"],
  ground: [
    "clock",
    "moments",
    "calendar-days",
    "time-zones",
    "keep-last",
    "brand",
    "colour",
    "typed",
    "env",
    "machine",
    "data-directory",
    "network",
    "log",
    "once-for-page",
    "db",
    "client",
    "secrets",
    "cookies",
    "i18n",
    "rate-limit",
    "forms",
  ],
  record: [
    "mail-document",
    "mail",
    "account",
    "audit",
    "history",
    "figures",
    "support-pin",
    "access",
  ],
  door: [
    "factors",
    "passkeys",
    "challenge",
    "password",
    "trusted-browser",
    "sign-up",
    "recovery",
    "sign-in",
    "next-auth",
  ],
  keys: ["phone", "contact", "sessions", "places", "two-step", "widening", "let-in"],
  desk: [
    "colleagues",
    "cases",
    "staff",
    "support",
    "not-me",
    "closing",
    "export",
    "help",
    "was-it-us",
    "templates",
  ],
  running: [
    "building",
    "embedded-database",
    "prisma",
    "backup",
    "heartbeat",
    "canary",
    "doctor",
    "server",
    "jobs",
    "start",
  ],
  top: ["scripts", "app"],
} as const;

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

// Of the ground, what is as pure as a rule.
const pure = /^lib\/(moments|calendar-days|typed\/(judge-name|mask-email|visible))(\.ts)?$/;
const isRule = (file: string) =>
  /^lib\/[\w-]+\/(rules\/|limits(\.ts)?$)/.test(file) || pure.test(file);
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
const knowsDatabase =
  /^(lib\/(db|server|start)\/.+|lib\/heartbeat\/health\.ts|lib\/jobs\/clean-up\.ts|prisma\/(seed\.ts|demo\/.+))$/;

test("only a store knows the database", () => {
  const broken = imports.filter(
    ({ from, to }) => to === "lib/db/client" && !isStore(from) && !knowsDatabase.test(from),
  );
  expect(shown(broken)).toEqual([]);
});

test("pages import steps, limits and components, never other rules, stores or the database", () => {
  // A session as pages are handed it is a type of its store.
  const allowed = new Set(["lib/account/session-store"]);
  const broken = imports.filter(
    ({ from, to }) =>
      from.startsWith("app/") &&
      !allowed.has(to) &&
      ((isRule(to) && !to.endsWith("/limits")) ||
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

const folderOf = (path: string) => {
  const [top = "", first = "", more] = path.split("/");
  if (top !== "lib") return top;
  return more === undefined ? first.replace(/\.\w+$/, "") : first;
};

// The client of the database that Prisma makes belongs to no folder.
const crossings = imports
  .filter(({ to }) => local.test(to) && !to.startsWith("lib/generated/"))
  .filter(({ from, to }) => folderOf(from) !== folderOf(to));
const floorOf = (folder: string) =>
  Object.values(floors).findIndex((names) => (names as readonly string[]).includes(folder));

test("every folder is on a floor, and every name there is a folder", () => {
  const folders = new Set(
    [...product, ...imports.map(({ to }) => to).filter((to) => local.test(to))]
      .filter((path) => !path.startsWith("lib/generated/"))
      .map(folderOf),
  );
  expect([...folders].sort()).toEqual(Object.values(floors).flat().sort());
});

test("a folder imports its own floor and those below", () => {
  const broken = crossings.filter(
    ({ from, to }) => floorOf(folderOf(from)) < floorOf(folderOf(to)),
  );
  expect(shown(broken)).toEqual([]);
});

test("no folders import each other in a circle", () => {
  expect(circles(crossings.map(({ from, to }) => [folderOf(from), folderOf(to)]))).toEqual([]);
});

test("no files import each other in a circle", () => {
  const named = imports
    .filter(({ to }) => local.test(to))
    .map(({ from, to }): [string, string] => [from.replace(/\.tsx?$/, ""), to]);
  expect(circles(named)).toEqual([]);
});

/** The groups of names of which each leads to every other; a name that leads to itself is none. */
function circles(edges: (readonly [string, string])[]): string[][] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of edges) next.set(from, (next.get(from) ?? new Set()).add(to));
  const reached = new Map<string, Set<string>>();
  for (const start of next.keys()) {
    const seen = new Set<string>();
    const open = [...(next.get(start) ?? [])];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (seen.has(name)) continue;
      seen.add(name);
      open.push(...(next.get(name) ?? []));
    }
    reached.set(start, seen);
  }
  const groups = [...next.keys()].map((one) =>
    [...(reached.get(one) ?? [])].filter((other) => reached.get(other)?.has(one)).sort(),
  );
  return [
    ...new Map(groups.filter((group) => group.length > 1).map((g) => [g.join(), g])).values(),
  ];
}

test("circles are found, of two and of more", () => {
  expect(
    circles([
      ["a", "b"],
      ["b", "a"],
      ["b", "c"],
    ]),
  ).toEqual([["a", "b"]]);
  expect(
    circles([
      ["a", "b"],
      ["b", "c"],
      ["c", "a"],
      ["d", "a"],
    ]),
  ).toEqual([["a", "b", "c"]]);
  expect(
    circles([
      ["a", "b"],
      ["b", "c"],
      ["a", "c"],
    ]),
  ).toEqual([]);
});

test("README shows the floors and their folders in this order", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const house = readme.slice(readme.indexOf("## The house"), readme.indexOf("## Commands for"));
  const columns = [...house.matchAll(/^\| (\**\w*\**) ?\| (`[^|]*`) \|/gm)];
  expect(columns.map(([, floor]) => floor?.replaceAll("*", "")).filter(Boolean)).toEqual(
    Object.keys(floors),
  );
  const named = columns.flatMap(([, , folders = ""]) =>
    [...folders.matchAll(/`(?:lib\/)?([\w-]+)(?:\/|\.ts)`/g)].map(([, name]) => name),
  );
  expect(named).toEqual(Object.values(floors).flat());
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
