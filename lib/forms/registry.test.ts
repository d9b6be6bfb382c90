import { expect, test } from "vitest";
import { publishedShapes } from "@/lib/forms/published-shapes";
import { formRegistry } from "@/lib/forms/registry";
import { locales } from "@/lib/i18n/locales";
import {
  actionsInSources,
  appFiles,
  formsInSources,
  sourceOf,
} from "@/lib/testing/forms-in-sources";

const registered = Object.entries(formRegistry).map(([name, entry]) => ({ name, ...entry }));

const inLanguages = (name: string) => locales.map((locale) => `${name}-${locale}`);

// Fields that stand outside of their form and name it in `form=`, and those that there are in each language.
const beside: Record<string, string[]> = {
  "edit-text": ["base", "seen"],
  "import-texts": ["digest"],
  "edit-frame": ["base", "seen", ...inLanguages("footer"), ...inLanguages("legal")],
  "ask-case": ["version"],
  "approve-case": ["version"],
  "refuse-case": ["version"],
  verify: ["locale", "trustAsked"],
};

test("every server action has a name that outlives its build, and one alone", () => {
  const named = registered.map(({ action }) => action).sort();
  // A new action: give it a line in lib/forms/registry.ts. A moved one: only change its file there.
  expect(named).toEqual(actionsInSources.map(({ action }) => action).sort());
});

test("every form of a page is sent to a registered action, and every action has a form", () => {
  const sent = new Set(formsInSources.map(({ action }) => action));
  expect([...sent].sort()).toEqual(registered.map(({ action }) => action).sort());
});

const routes = appFiles
  .filter((file) => file.endsWith("/page.tsx"))
  .map((file) => file.split("/").slice(1, -1))
  .map((parts) => `/${parts.filter((part) => !part.startsWith("(")).join("/")}`);

test("every form's page is one", () => {
  expect(registered.filter(({ page }) => !routes.includes(page))).toEqual([]);
});

const advice = (name: string, version: number, fields: string[]) =>
  `The fields of the form "${name}" are not those of its version ${version}, which is open in browsers. ` +
  `Add "${name}.${version + 1}": "${fields.join(" ")}" to lib/forms/published-shapes.ts and ${version + 1} to its ` +
  `versions in lib/forms/registry.ts. Keep ${version} there while the action judges its fields as before.`;

test.each(registered)("the form $name has the fields of its present version", (one) => {
  const version = one.versions.at(-1) ?? 0;
  const shape = publishedShapes[`${one.name}.${version}`];
  const shown = formsInSources.filter(({ action }) => action === one.action);
  const fields = [
    ...new Set([...shown.flatMap((form) => form.fields), ...(beside[one.name] ?? [])]),
  ].sort();
  expect(fields.join(" "), advice(one.name, version, fields)).toBe(shape);
});

test("every version that is still taken has its fields on record, and none is newer", () => {
  const last = (name: string) =>
    Math.max(
      ...Object.keys(publishedShapes)
        .filter((shape) => shape.split(".")[0] === name)
        .map((shape) => Number(shape.split(".")[1])),
    );
  for (const { name, versions } of registered) {
    expect(
      versions.filter((version) => !Object.hasOwn(publishedShapes, `${name}.${version}`)),
    ).toEqual([]);
    expect(
      [...versions].sort((a, b) => a - b),
      name,
    ).toEqual(versions);
    expect(versions.at(-1), name).toBe(last(name));
  }
});

test("what a page has in its address are fields of its form", () => {
  for (const { name, page, inQuery = [], inPath } of registered) {
    const fields = (publishedShapes[`${name}.${formRegistry[name]?.versions.at(-1)}`] ?? "").split(
      " ",
    );
    expect(fields, name).toEqual(expect.arrayContaining([...inQuery]));
    expect(inPath !== undefined, name).toBe(page.includes("["));
    if (inPath !== undefined) expect(fields, name).toContain(inPath);
  }
});

// Fields that a form had no need of, and whose action takes none for nothing typed.
const notNeeded: Record<string, string[]> = {
  "case-story": ["challenge", "code", "document", "email", "id", "story"],
};

test("a name that a form had before is on record, is no form's name now, and fills in fields of the form", () => {
  for (const { name, formerly = {}, versions } of registered) {
    const fields = publishedShapes[`${name}.${versions.at(-1)}`]?.split(" ") ?? [];
    for (const [before, adds] of Object.entries(formerly)) {
      expect(Object.keys(formRegistry), before).not.toContain(before);
      const shapes = Object.entries(publishedShapes).filter(
        ([one]) => one.split(".")[0] === before,
      );
      expect(shapes.length, before).toBeGreaterThan(0);
      for (const [, shape] of shapes) {
        const filled = new Set([...shape.split(" "), ...Object.keys(adds)]);
        const optional = notNeeded[name] ?? [];
        const needed = (all: string[]) => all.filter((one) => one && !optional.includes(one));
        expect(needed([...filled]).sort(), before).toEqual(needed(fields));
      }
    }
  }
  // Those of support's acts were forms of their own.
  expect(registered.some(({ formerly }) => formerly !== undefined)).toBe(true);
});

test("an action takes a form and nothing else: no bound argument could be trusted", () => {
  const others = actionsInSources.filter(
    ({ parameters }) => !/^(form: FormData)?$/.test(parameters),
  );
  expect(others).toEqual([]);
  const bound = appFiles.filter((file) => /\w+Action\.bind\(/.test(sourceOf(file)));
  expect(bound).toEqual([]);
});

test("actions stand in files of their own, so that none closes over what a page knows", () => {
  const within = appFiles.filter((file) =>
    /^(?!["']use server["'];)[\s\S]*["']use server["']/.test(sourceOf(file)),
  );
  expect(within).toEqual([]);
});
