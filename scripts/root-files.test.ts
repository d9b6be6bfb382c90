import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import biome from "@/biome.json";
import { nodeVersionFault } from "@/lib/machine/node-version.mjs";
import { root } from "@/lib/machine/project.mjs";
import project from "@/package.json";

const isFamily = (name: string) => name.endsWith("/**");
const read = (file: string) => readFileSync(join(root, file), "utf8");

test("one oldest Node: of package.json, of the start's check, of .nvmrc and of the types", () => {
  const [, major = "", minor = ""] = /^>=(\d+)\.(\d+)\.0$/.exec(project.engines.node) ?? [];
  expect(nodeVersionFault(`${major}.${minor}.0`)).toBeUndefined();
  expect(nodeVersionFault(`${major}.${Number(minor) - 1}.9`)).toBeDefined();
  expect(read(".nvmrc")).toBe(`${major}.${minor}\n`);
  expect(project.devDependencies["@types/node"]).toMatch(new RegExp(`^${major}\\.${minor}\\.`));
});

test("the licence that package.json names stands there in full", () => {
  expect(project.license).toBe("AGPL-3.0-only");
  const licence = read("LICENSE");
  expect(licence).toMatch(/^GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3, 19 November 2007\n/);
  expect(licence).toContain("17. Interpretation of Sections 15 and 16.");
  expect(licence).toContain("END OF TERMS AND CONDITIONS");
});

test("editors write as Biome formats", () => {
  const [, everywhere = ""] = /^\[\*\]\n([\s\S]*?)\n\n/m.exec(read(".editorconfig")) ?? [];
  const rules = Object.fromEntries(everywhere.split("\n").map((line) => line.split(" = ")));
  const { indentStyle, indentWidth, lineWidth } = biome.formatter;
  expect(rules).toMatchObject({
    charset: "utf-8",
    end_of_line: "lf",
    indent_style: indentStyle,
    indent_size: String(indentWidth),
    max_line_length: String(lineWidth),
  });
});

test("the changelog's newest version is package.json's", () => {
  const versions = [...read("CHANGELOG.md").matchAll(/^## (\d+\.\d+\.\d+)\b/gm)];
  expect(versions[0]?.[1]).toBe(project.version);
});

test("the workflow runs .ci/run alone, on the Node of .nvmrc, and may only read", () => {
  const workflow = read(".github/workflows/ci.yml");
  expect([...workflow.matchAll(/^\s+- run: (.+)$/gm)].map(([, run]) => run)).toEqual([".ci/run"]);
  expect(statSync(join(root, ".ci/run")).mode & 0o111).toBe(0o111);
  expect(workflow).toContain("node-version-file: .nvmrc");
  expect(workflow).toMatch(/^permissions:\n {2}contents: read\n\n/m);
  expect(workflow.match(/: write/g)).toBeNull();
  expect(workflow).toContain("timeout-minutes: 90");
  const actions = [...workflow.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
  expect(actions.filter((action) => !/^actions\/[a-z-]+@v\d+$/.test(`${action}`))).toEqual([]);
});

test("no update of packages merges itself, and each package that a rule names is one of ours", () => {
  const text = read(".github/renovate.json");
  const settings = JSON.parse(text) as {
    extends: string[];
    packageRules: { [name: string]: unknown }[];
  };
  expect(settings.extends).toContain(":automergeDisabled");
  expect(text).not.toMatch(/"automerge": true/);
  const ours = Object.keys({ ...project.dependencies, ...project.devDependencies });
  const named = settings.packageRules.flatMap((rule) => (rule.matchPackageNames as string[]) ?? []);
  const unknown = named
    .filter((name) => name !== "node")
    .filter(
      (name) =>
        !ours.some((one) => (isFamily(name) ? one.startsWith(name.slice(0, -2)) : one === name)),
    );
  expect(unknown).toEqual([]);
});

test("what is said to be there is there", () => {
  for (const file of ["SECURITY.md", "CONTRIBUTING.md", "docs/contract.md", "docs/glossary.md"])
    expect(existsSync(join(root, file)), file).toBe(true);
});
