import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}

const files = ["app/support", "app/templates"]
  .flatMap((folder) => filesUnder(join(root, folder)))
  .map((path) => relative(root, path))
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path));

const sourceOf = (file: string) => readFileSync(join(root, file), "utf8");

type Declared = { name: string; isExported: boolean; isFunction: boolean; text: string };

const declaration =
  /^(export )?(default )?(?:(async )?function (\w+)|(?:const|let) (\w+)(?:: [^=]+)? = (async )?(\(|function|[\w$]+ =>)?)/;

/** What a file declares at its top, each with its text to the next one. */
function declaredIn(source: string): Declared[] {
  const lines = source.split("\n");
  const starts = lines.flatMap((line, index) => (declaration.test(line) ? [index] : []));
  return starts.map((start, index) => {
    const [, exported, , , ofFunction, ofConst, , arrow] =
      declaration.exec(lines[start] ?? "") ?? [];
    return {
      name: ofFunction ?? ofConst ?? "",
      isExported: exported !== undefined,
      isFunction: ofFunction !== undefined || arrow !== undefined,
      text: lines.slice(start, starts[index + 1] ?? lines.length).join("\n"),
    };
  });
}

/** The file of the pages that a name is imported from, if it is. */
function importedFrom(source: string, name: string): string | null {
  for (const [, names = "", from = ""] of source.matchAll(
    /import (?:type )?\{([^}]*)\} from "@\/(app\/[^"]+)"/g,
  )) {
    if (!names.split(",").some((one) => one.trim().split(" ").at(-1) === name)) continue;
    return [`${from}.ts`, `${from}.tsx`].find((file) => existsSync(join(root, file))) ?? null;
  }
  return null;
}

const harmless = /^(params|searchParams|props\.\w+|getTranslations\(|getLocale\(|notFound\(\))/;

const calledIn = (text: string) => [...text.matchAll(/\b(\w+)\(/g)].map(([, name = ""]) => name);

/** What a function first waits for or hands on to, but for what everybody may see. */
const firstStep = (text: string) =>
  [...text.matchAll(/\b(?:await|return) (?:\(await )?([\s\S]*?);/g)]
    .map(([, what = ""]) => what)
    .find((what) => !harmless.test(what));

/** Whether a function begins by asking who of the staff it is, by itself or by what it calls. */
function asksFirst(source: string, text: string, seen: string[] = []): boolean {
  const step = firstStep(text) ?? text;
  if (/\brequireStaff(Member)?\(/.test(step)) return true;
  return calledIn(step).some((name) => {
    if (seen.includes(name)) return false;
    const here = declaredIn(source).find((one) => one.name === name);
    if (here !== undefined) return asksFirst(source, here.text, [...seen, name]);
    const file = importedFrom(source, name);
    const there = file && declaredIn(sourceOf(file)).find((one) => one.name === name);
    return there ? asksFirst(sourceOf(file), there.text, [...seen, name]) : false;
  });
}

const isPage = (file: string) => basename(file) === "page.tsx";
const isServed = (file: string) =>
  isPage(file) || basename(file) === "route.ts" || /^"use server";/m.test(sourceOf(file));

const served = files.filter(isServed).flatMap((file) =>
  declaredIn(sourceOf(file))
    .filter(({ isExported, isFunction }) => isExported && isFunction)
    .map((one) => ({ file, ...one })),
);

test("the pages of staff are found", () => {
  expect(served.length).toBeGreaterThan(3);
  expect(files.filter((file) => /^\s+"use server"/m.test(sourceOf(file)))).toEqual([]);
  expect(files.filter((file) => isServed(file) && declaredIn(sourceOf(file)).length === 0)).toEqual(
    [],
  );
});

describe.each(served)("$name of $file", ({ file, name, text }) => {
  test("asks on the server who of the staff it is, before anything else", () => {
    const step = firstStep(text) ?? "";
    const isOfWordsAlone = calledIn(step).every((one) => one === "getTranslations" || one === "t");
    // A title that names somebody has to ask first.
    if (isPage(file) && name === "generateMetadata" && isOfWordsAlone) return;
    expect(asksFirst(sourceOf(file), text), `It begins with: ${step}`).toBe(true);
  });
});

test("a function that does not ask, or asks too late, would be found", () => {
  const source = [
    'import { thingOf } from "@/lib/thing";',
    "const adminOf = () => orUnavailable(PATH, () => requireStaffMember(PATH, admins));",
    "export async function careful(form: FormData) {",
    "  const admin = await adminOf();",
    "}",
    "export async function delegating(form: FormData) {",
    '  return decide(form, "approve");',
    "}",
    "async function decide(form: FormData, decision: string) {",
    "  const { id } = await params;",
    "  const admin = await adminOf();",
    "}",
    "export async function careless(form: FormData) {",
    "  const thing = await thingOf(form);",
    "}",
    "export async function late(form: FormData) {",
    "  const thing = await thingOf(form);",
    "  const admin = await adminOf();",
    "}",
    "export async function handingOnLate(form: FormData) {",
    "  return decideLate(form);",
    "}",
    "async function decideLate(form: FormData) {",
    "  const thing = await thingOf(form);",
    "  return adminOf();",
    "}",
  ].join("\n");
  const begins = declaredIn(source)
    .filter(({ isExported }) => isExported)
    .map(({ name, text }) => [name, asksFirst(source, text)]);
  expect(begins).toEqual([
    ["careful", true],
    ["delegating", true],
    ["careless", false],
    ["late", false],
    ["handingOnLate", false],
  ]);
});
