import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

const filesUnder = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => join(folder, file).replaceAll("\\", "/"))
    .filter((file) => file.endsWith(ending) && !file.startsWith("lib/generated/"));

const read = (file: string) => readFileSync(join(root, file), "utf8");

const tables = filesUnder("lib", "README.md")
  .map((file) => ({ file, rows: [...read(file).matchAll(/^\| ([A-Z]\d+[a-z]?) \|/gm)] }))
  .map(({ file, rows }) => ({ folder: dirname(file), rows: rows.map(([, row = ""]) => row) }))
  .filter(({ rows }) => rows.length > 0);

// Codes are typed and sent again at a sign-in: what follows them is tried there.
const alsoTriedIn: Record<string, string[]> = {
  "lib/challenge": ["lib/sign-in", "e2e"],
  // What it announces is carried out a day later.
  "lib/not-me": ["lib/two-step"],
};

const testsIn = (folder: string) =>
  [...filesUnder(folder, ".test.ts"), ...filesUnder(folder, ".spec.ts")].map(read).join("\n");

test("there are decision tables, and their rows are found", () => {
  expect(tables.map(({ folder }) => folder)).toEqual(
    expect.arrayContaining(["lib/sign-in", "lib/challenge", "lib/cases", "lib/staff"]),
  );
});

test.each(tables)("each row of $folder/README.md names a test", ({ folder, rows }) => {
  const tests = [folder, ...(alsoTriedIn[folder] ?? [])].map(testsIn).join("\n");
  const isNamed = (row: string) => new RegExp(`["'\`\\[\\s,(]${row}[\\s:,)"'\`]`).test(tests);
  expect(rows.filter((row) => !isNamed(row))).toEqual([]);
});
